"""The whole organisation’s figures: all projects, or those that are asked for, in one page, one file, one command."""
