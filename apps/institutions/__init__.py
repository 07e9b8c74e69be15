"""People, organisations, the three sectors, their chambers, seats, offices and mandates."""
