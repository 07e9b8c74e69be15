"""Who gets what answer at which address: every route, every method, every role."""
