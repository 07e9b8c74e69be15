"""A person's own pages, and the pages of organisations for their members."""
