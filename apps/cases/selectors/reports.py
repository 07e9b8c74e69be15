"""Reading reports: what waits, and what a receipt opens."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Prefetch

from apps.cases.errors import EvidenceUnknown, ReceiptUnknown, ReportUnknown
from apps.cases.models import Appeal, Case, Decision, Evidence, MisuseReport
from apps.cases.receipts import lock, tidied
from apps.cases.selectors.about import ABOUT
from apps.cases.selectors.appeals import can_appeal
from apps.cases.sniffing import MOST
from apps.cases.states import REPORT, WITHOUT_FILES, ReportState
from apps.core.pagination import SIZE, Page, keyset_page
from apps.core.states import Station


def secret() -> bytes:
    """Return the server's key of receipts."""
    return settings.RECEIPT_KEY.encode()


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """What a receipt shows: no word of the report itself, should the receipt be found."""

    report: MisuseReport
    state: str
    words: str
    received_date: dt.date
    case: Case | None
    decisions: list[Decision]
    stations: list[Station]
    can_appeal: bool
    appeals: list[Appeal]
    files: int

    @property
    def takes_files(self) -> bool:
        """Whether one more file can be added."""
        never = set(self.report.harms) & set(WITHOUT_FILES)
        return not REPORT.final(self.state) and self.files < MOST and not never


def report_by_receipt(receipt: str) -> MisuseReport:
    """Return the report that a receipt opens; raise `ReceiptUnknown`."""
    try:
        return MisuseReport.objects.select_related("link__case__listing").get(
            receipt_lock=lock(secret(), "lock", tidied(receipt))
        )
    except MisuseReport.DoesNotExist:
        raise ReceiptUnknown(field="receipt") from None


def report_status(receipt: str) -> ReportStatus:
    """Return where a report is; the case is named once its reporter may read it."""
    report = report_by_receipt(receipt)
    link = getattr(report, "link", None)
    case = link.case if link else None
    decisions = list(case.decisions.order_by("issued_at", "id")) if case else []
    return ReportStatus(
        report=report,
        state=report.state,
        words=REPORT.label(report.state),
        received_date=report.received_date,
        case=case,
        decisions=decisions,
        stations=REPORT.timeline(report.state),
        can_appeal=bool(case and can_appeal(case, report=report)),
        appeals=list(report.appeals.select_related("new_decision").order_by("filed_at", "id")),
        files=report.evidence.count(),
    )


def reports_kept(person: uuid.UUID) -> list[dict[str, Any]]:
    """Return what someone reported, as plain values; what came anonymously is nobody's.

    Of each file only what it is and its hash: the file itself is with its report.
    """
    rows = MisuseReport.objects.filter(reporter=person).order_by("received_date", "id")
    files: dict[uuid.UUID, list[dict[str, Any]]] = defaultdict(list)
    names = ("media_type", "size", "sha256", "original_sha256")
    sent = Evidence.objects.filter(report__reporter=person).order_by("id")
    for file in sent.only("report_id", *names):
        files[file.report_id].append({name: getattr(file, name) for name in names})
    words = ("thing", "seen_where", "harms", "story", "ongoing", "language", "jurisdiction")
    told = rows.values("id", *words, "contact", "received_date", "state", about=F("listing__code"))
    return [{"files": files[row.pop("id")], **row} for row in told]


def reports_waiting(*, after: str = "", size: int = SIZE) -> Page[MisuseReport]:
    """Return the reports that nobody has looked at, oldest first."""
    rows = MisuseReport.objects.filter(state=ReportState.RECEIVED).select_related("listing")
    files = Prefetch("evidence", Evidence.objects.defer("content"))
    return keyset_page(
        rows.prefetch_related(files), order=("received_date", "id"), after=after, size=size
    )


def evidence_of(report: MisuseReport) -> list[Evidence]:
    """Return the files of a report without their content."""
    return list(report.evidence.defer("content").order_by("id"))


def report_by_id(report: uuid.UUID) -> MisuseReport:
    """Return a report with what it is about and its case; raise `ReportUnknown`."""
    rows = MisuseReport.objects.select_related(
        "listing__provider__claimed_by", "listing__brought_by", "triage_clock"
    ).select_related(*(f"link__case__{about}" for about in ABOUT))
    found = rows.filter(pk=report).first()
    if found is None:
        raise ReportUnknown(field="report")
    return found


def evidence_by_id(evidence: uuid.UUID) -> Evidence:
    """Return a file with its content; raise `EvidenceUnknown`."""
    found = Evidence.objects.select_related("report").filter(pk=evidence).first()
    if found is None:
        raise EvidenceUnknown(field="evidence")
    return found
