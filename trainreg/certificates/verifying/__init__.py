"""What somebody sees who holds a certificate in hand: its state, a check of its file, and all that without a network."""
