"""The tests' database engine."""
