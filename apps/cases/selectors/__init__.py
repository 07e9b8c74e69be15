"""Reading casework."""

from apps.cases.selectors.cases import (
    allegations_to,
    appeals_open,
    case_by_code,
    cases_open,
    cases_page,
    officer_cases,
    officers_for_misuse,
    orders_page,
    public_case,
    public_cases,
    reports_of,
    steps_of,
    urgent_open,
)
from apps.cases.selectors.owed import (
    Errand,
    ErrandKind,
    allegations_owed,
    case_dues,
    errands_owed,
)
from apps.cases.selectors.reports import (
    evidence_of,
    report_by_receipt,
    report_status,
    reports_waiting,
)

__all__ = [
    "Errand",
    "ErrandKind",
    "allegations_owed",
    "allegations_to",
    "appeals_open",
    "case_by_code",
    "case_dues",
    "cases_open",
    "cases_page",
    "errands_owed",
    "evidence_of",
    "officer_cases",
    "officers_for_misuse",
    "orders_page",
    "public_case",
    "public_cases",
    "report_by_receipt",
    "report_status",
    "reports_of",
    "reports_waiting",
    "steps_of",
    "urgent_open",
]
