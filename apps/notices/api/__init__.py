"""One's own notices over HTTP."""
