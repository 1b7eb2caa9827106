"""What somebody sees who holds a certificate in hand: its state, a check of its file, also without a network."""
