"""Long lists as files: asked for on a page, made by the worker with progress, kept for a day for whoever asked."""
