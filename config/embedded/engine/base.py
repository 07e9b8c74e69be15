"""The portal's engine, for a lone command: its first connection brings the database up.

The last process that uses the database stops it when it ends. Processes under the supervisor use
the engine as it is: the supervisor keeps the database for them.
"""

from typing import Any

from django.conf import settings

from apps.core.database import base
from config.embedded.holding import hold


class DatabaseWrapper(base.DatabaseWrapper):
    """The portal's engine over the embedded cluster."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, once the cluster is up."""
        hold(settings.CLUSTER)
        return super().get_new_connection(conn_params)
