"""What the public hall reads."""
