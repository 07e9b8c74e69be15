"""The licence register over HTTP."""
