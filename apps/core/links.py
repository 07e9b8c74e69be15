"""A connection of one's own, outside Django's: for a thread that listens or writes by itself."""

import psycopg
from django.db import connection

TOLD = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert")


def own_link(options: str) -> psycopg.Connection:
    """Return a connection to the portal's database that commits each statement by itself."""
    wanted = connection.get_connection_params()
    told = {name: wanted[name] for name in TOLD if wanted.get(name)}
    link = psycopg.connect(
        **told, autocommit=True, connect_timeout=2, tcp_user_timeout=2000, options=options
    )
    link.prepare_threshold = None
    return link
