"""The rooms of the house; see README.md for the floors."""
