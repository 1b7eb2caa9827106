"""A project's activity with its results in the format of IATI 2.03. Figures come from Progress alone."""
