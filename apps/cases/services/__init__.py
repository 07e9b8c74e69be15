"""Casework: from a report or a review to a decision and an appeal."""

from apps.cases.services.appeals import appeal_by_receipt, appeal_decide, appeal_file
from apps.cases.services.contests import ContestDraft, contest_file, contest_withdraw
from apps.cases.services.deciding import DecisionDraft, decision_issue
from apps.cases.services.evidence import RefusedFile, SentFile, evidence_add
from apps.cases.services.flooding import must_not_flood
from apps.cases.services.hearing import Answer, allegation_send, response_give
from apps.cases.services.orders import OrderDraft, order_record
from apps.cases.services.reports import FiledReport, ReportDraft, report_file
from apps.cases.services.rulings import Ruling, contest_rule, contests_renewed
from apps.cases.services.stays import stay_decide
from apps.cases.services.triage import (
    CaseDraft,
    case_assign,
    case_hand_over,
    case_identify,
    case_open,
    report_link,
    review_open,
)
from apps.cases.services.turning import cases_turn
from apps.cases.services.urgent import urgent_act, urgent_confirm

__all__ = [
    "Answer",
    "CaseDraft",
    "ContestDraft",
    "DecisionDraft",
    "FiledReport",
    "OrderDraft",
    "RefusedFile",
    "ReportDraft",
    "Ruling",
    "SentFile",
    "allegation_send",
    "appeal_by_receipt",
    "appeal_decide",
    "appeal_file",
    "case_assign",
    "case_hand_over",
    "case_identify",
    "case_open",
    "cases_turn",
    "contest_file",
    "contest_rule",
    "contest_withdraw",
    "contests_renewed",
    "decision_issue",
    "evidence_add",
    "must_not_flood",
    "order_record",
    "report_file",
    "report_link",
    "response_give",
    "review_open",
    "stay_decide",
    "urgent_act",
    "urgent_confirm",
]
