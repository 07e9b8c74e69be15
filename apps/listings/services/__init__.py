"""Writing in the register."""
