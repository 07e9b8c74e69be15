"""PostgreSQL as Django has it, brought up at the first connection of a lone command.

The last process that uses the database stops it when it ends. Processes under the supervisor use
Django's own engine: the supervisor keeps the database for them.
"""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from config.embedded.holding import hold


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's engine over the embedded cluster."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, once the cluster is up."""
        hold(settings.CLUSTER)
        return super().get_new_connection(conn_params)
