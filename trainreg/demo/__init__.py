"""The demonstration: the reference project and an invented one, loaded through the product's own services."""
