"""Totals across all projects, kept in the transaction that changes what they count; see ADR 0029."""
