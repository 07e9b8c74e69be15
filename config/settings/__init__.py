"""Settings by environment: dev, test and prod stand on base."""
