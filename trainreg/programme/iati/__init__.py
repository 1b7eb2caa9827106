"""How a project is called in the register of IATI: what a file of the standard needs and nothing else knows."""
