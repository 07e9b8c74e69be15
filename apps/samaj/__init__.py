"""The door of society: report misuse, and read what came of it."""
