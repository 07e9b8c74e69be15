"""Casework: what is reported or reviewed, alleged, answered, decided and appealed."""
