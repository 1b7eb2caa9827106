"""The counting engine: every rule over any filter and period, in total and broken down. See docs/results.md."""
