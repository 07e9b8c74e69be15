"""The journal over HTTP: a feed by position, and one act."""
