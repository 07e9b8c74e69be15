"""Measurements against plain work, interleaved in one run: `make bench`."""
