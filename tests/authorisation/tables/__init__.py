"""The whole table."""

from tests.authorisation.rows import Row
from tests.authorisation.tables import (
    accounts,
    api,
    bazaar,
    cases,
    commons,
    compliance,
    institutions,
    listings,
    machine,
    notices,
    proposals,
    reviews,
    rules,
    sarkar,
    voting,
)

TABLE: dict[str, Row] = {
    **machine.ROWS,
    **accounts.ROWS,
    **institutions.ROWS,
    **commons.ROWS,
    **api.ROWS,
    **rules.ROWS,
    **compliance.ROWS,
    **proposals.ROWS,
    **reviews.ROWS,
    **sarkar.ROWS,
    **voting.ROWS,
    **notices.ROWS,
    **listings.ROWS,
    **bazaar.ROWS,
    **cases.ROWS,
}
