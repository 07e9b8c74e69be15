"""The rule register, the list of uses, the vocabulary and the engine."""
