"""Ballots: rolls frozen, votes cast, counted so that anyone can count again."""
