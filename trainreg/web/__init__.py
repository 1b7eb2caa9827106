"""The shell around every page: access, errors, languages, headers, forms. It knows no domain."""
