"""`python -m trainreg`: the same command."""

from trainreg.cli import main

main()
