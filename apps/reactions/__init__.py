"""The only place where one app answers another's news."""
