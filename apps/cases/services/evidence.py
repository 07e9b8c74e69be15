"""Files of a report: told by their bytes, stripped of what they say of people, and kept once.

A file that is not taken never costs the report: whoever sent it is told which one, and why.
"""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cases import acts, errors
from apps.cases.models import Evidence, MisuseReport
from apps.cases.selectors.reports import report_by_receipt
from apps.cases.sniffing import LARGEST, MOST, media_type
from apps.cases.states import REPORT, WITHOUT_FILES, Cleaning
from apps.cases.stripping import STRIPPERS, Broken, stripped
from apps.core.actor import ANONYMOUS
from apps.core.errors import Conflict, DomainError
from apps.journal.services import record


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came; its name is told back where it is refused, and kept nowhere."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not taken, and why."""

    name: str
    refusal: DomainError


@transaction.atomic
def evidence_add(*, receipt: str, file: SentFile) -> Evidence:
    """Add a file to a report that is not answered yet; the receipt is all it needs.

    The same file again is kept once. Raises what says why it is not taken.
    """
    found = report_by_receipt(receipt)
    report = MisuseReport.objects.select_for_update().get(pk=found.pk)
    if REPORT.final(report.state):
        raise Conflict(_("This report was answered; file a new one to add something."))
    facts = evidence_facts(report.harms, file)
    known = report.evidence.filter(sha256=facts["sha256"]).defer("content").first()
    if known:
        return known
    if report.evidence.count() >= MOST:
        raise errors.EvidenceTooMany(field="file")
    evidence = Evidence.objects.create(report=report, **facts)
    act = acts.EvidenceAdded(
        subject=report.pk, media_type=evidence.media_type, sha256=evidence.sha256
    )
    record(act, actor=ANONYMOUS)
    return evidence


def evidence_sorted(
    harms: list[str], files: list[SentFile]
) -> tuple[list[dict[str, object]], list[RefusedFile]]:
    """Return what is kept of the files, each once, and which are not taken."""
    kept: dict[object, dict[str, object]] = {}
    refused = []
    for file in files:
        try:
            facts = evidence_facts(harms, file)
            if facts["sha256"] not in kept and len(kept) >= MOST:
                raise errors.EvidenceTooMany(field="file")
        except DomainError as refusal:
            refused.append(RefusedFile(file.name, refusal))
        else:
            kept[facts["sha256"]] = facts
    return list(kept.values()), refused


def evidence_facts(harms: list[str], file: SentFile) -> dict[str, object]:
    """Return the columns of a file that can be taken; raise what says why it cannot."""
    if set(harms) & set(WITHOUT_FILES):
        raise errors.PicturesNeverTaken(field="file")
    if len(file.content) > LARGEST:
        raise errors.EvidenceTooLarge(field="file")
    kind = media_type(file.content)
    if not kind:
        raise errors.EvidenceNotTaken(field="file")
    try:
        content = stripped(file.content, kind)
    except Broken:
        raise errors.EvidenceBroken(field="file") from None
    return {
        "media_type": kind,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "original_sha256": hashlib.sha256(file.content).hexdigest(),
        "cleaning": _cleaning(kind),
        "content": content,
    }


def _cleaning(kind: str) -> Cleaning:
    return Cleaning.WHOLE if kind in STRIPPERS else Cleaning.NONE
