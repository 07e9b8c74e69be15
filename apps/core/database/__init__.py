"""The portal's database engine: PostgreSQL, and what a transaction says last."""
