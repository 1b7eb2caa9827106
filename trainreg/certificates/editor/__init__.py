"""Designs of an organisation's own: drawn on a page, published as versions that never change, chosen by events."""
