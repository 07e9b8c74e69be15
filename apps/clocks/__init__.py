"""Deadlines as data: who owes what by when, and the law it comes from."""
