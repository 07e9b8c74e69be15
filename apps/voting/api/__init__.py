"""Ballots over HTTP: anyone reads and recounts, a seat votes and steps aside."""
