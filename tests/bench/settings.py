"""A newcomer's settings on a durable cluster of its own, with the tables that are measured."""

import os

from config.embedded.cluster import Cluster
from config.settings.dev import *  # noqa: F403
from config.settings.dev import API_RATES, DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench"]
CLUSTER = Cluster(tag=os.environ.get("BENCH_CLUSTER", "bench"))
for database in DATABASES.values():
    database["HOST"] = str(CLUSTER.socket)
    database["ENGINE"] = "apps.core.database"
ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = ["testserver"]
# What a throttle costs is measured; that it refuses is not.
API_RATES = dict.fromkeys(API_RATES, 10**9)
REPORTS_PER_HOUR = 10**9
