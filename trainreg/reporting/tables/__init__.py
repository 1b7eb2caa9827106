"""Facts without names for analysts: CSV tables with a data package, documented and stable (docs/data-dictionary.md)."""
