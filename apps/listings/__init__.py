"""The register of listings: who provides which model, in which version, made from what."""
