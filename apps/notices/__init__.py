"""Messages to people: what happened, why it concerns them, what they can do by when."""
