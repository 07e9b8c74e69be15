"""The database and the supervisor that come with the portal, for a machine without servers."""
