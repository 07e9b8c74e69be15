"""Pages of the public hall."""
