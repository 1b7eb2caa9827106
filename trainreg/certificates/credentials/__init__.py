"""Certificates as credentials: Open Badges that a program can check, with or without this site."""
