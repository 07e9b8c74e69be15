"""The crash proof: the real portal under load, killed at random, and every promise counted."""
