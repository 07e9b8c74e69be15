"""Addresses for machines, and the choice of a language, which harms nobody."""

from tests.authorisation.roles import BARRED, EVERYONE
from tests.authorisation.rows import Row

OPEN = {200: EVERYONE - BARRED}
ROWS = {
    "healthz": Row(get=OPEN),
    "readyz": Row(get=OPEN),
    "metrics": Row(get=OPEN),
    "set_language": Row(anyhow={302: EVERYONE - BARRED}),
}
