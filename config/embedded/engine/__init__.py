"""The database engine of lone commands."""
