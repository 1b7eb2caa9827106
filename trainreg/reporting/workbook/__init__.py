"""A project as the donor gets it: one XLSX file with indicators, breakdowns, events, publications, names by right."""
