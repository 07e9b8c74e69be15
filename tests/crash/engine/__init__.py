"""PostgreSQL with a death built in, for processes that tests strike down."""
