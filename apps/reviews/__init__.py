"""Review rounds: who was asked, without a conflict, and what they found."""
