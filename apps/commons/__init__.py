"""The public hall: what anyone may see, read and look up without an account."""
