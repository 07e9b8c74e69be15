"""Rules, uses and the vocabulary over HTTP."""
