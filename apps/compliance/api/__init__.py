"""Decisions, standings and grants over HTTP."""
