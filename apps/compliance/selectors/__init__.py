"""Reading what the rules in force say."""
