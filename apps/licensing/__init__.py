"""The licence register: which licence binds whom to what, as dated data."""
