"""Rules in force applied to listings: facts, standings with their reasons, and what is owed."""
