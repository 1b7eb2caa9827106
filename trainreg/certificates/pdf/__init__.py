"""From a page described as plain data to the bytes of a tagged, archival, signed PDF, the same bytes every time."""
