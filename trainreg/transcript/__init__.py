"""What an official came to, as a list of theirs: for the desk's pages and for the official's own."""
