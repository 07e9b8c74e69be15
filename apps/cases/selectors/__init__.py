"""Reading casework."""

from apps.cases.selectors.cases import (
    allegations_to,
    appeals_open,
    case_by_code,
    cases_open,
    cases_page,
    officer_cases,
    orders_page,
    public_case,
    public_cases,
    urgent_open,
)
from apps.cases.selectors.reports import (
    evidence_of,
    report_by_receipt,
    report_status,
    reports_waiting,
)

__all__ = [
    "allegations_to",
    "appeals_open",
    "case_by_code",
    "cases_open",
    "cases_page",
    "evidence_of",
    "officer_cases",
    "orders_page",
    "public_case",
    "public_cases",
    "report_by_receipt",
    "report_status",
    "reports_waiting",
    "urgent_open",
]
