"""The demonstration: real models, illustrated rules, invented people."""
