"""The IATI standard 2.03: its schema, codelists and ruleset, and what they say of a file. It knows no domain."""

VERSION = "2.03"
