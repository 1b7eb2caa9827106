"""Training registration, attendance, certificates and the results they feed, as one record."""
