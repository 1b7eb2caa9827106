"""The keys that sign certificates: made, kept, changed, and what each of them proves."""
