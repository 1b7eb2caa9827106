"""Tests of what turns a page into a file."""
