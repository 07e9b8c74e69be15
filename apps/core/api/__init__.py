"""Plumbing of the API: problem documents and the schema that declares them."""
