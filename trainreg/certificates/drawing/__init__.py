"""From placed lines of text and vector ornaments to the bytes of a PDF, the same bytes every time."""
