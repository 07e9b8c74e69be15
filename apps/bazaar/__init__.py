"""The door of the market: a company's listings, their standing, and what to mend."""
