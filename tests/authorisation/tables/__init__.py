"""The whole table."""

from tests.authorisation.rows import Row
from tests.authorisation.tables import (
    accounts,
    api,
    commons,
    compliance,
    institutions,
    machine,
    rules,
    sarkar,
)

TABLE: dict[str, Row] = {
    **machine.ROWS,
    **accounts.ROWS,
    **institutions.ROWS,
    **commons.ROWS,
    **api.ROWS,
    **rules.ROWS,
    **compliance.ROWS,
    **sarkar.ROWS,
}
