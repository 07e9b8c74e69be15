"""Someone reports misuse: filed once however often it is sent, and found again by its receipt."""

import hashlib
import json
import uuid
from dataclasses import asdict, dataclass, field, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cases import acts, errors
from apps.cases.models import Evidence, MisuseReport
from apps.cases.receipts import lock, receipt, tidied
from apps.cases.selectors.reports import secret
from apps.cases.services.evidence import RefusedFile, SentFile, evidence_sorted
from apps.cases.states import Channel, Harm, Ongoing, Voice
from apps.core.actor import ANONYMOUS, Actor
from apps.core.clock import today
from apps.core.errors import FieldFault, Invalid
from apps.core.jurisdictions import jurisdiction
from apps.institutions.permissions import in_good_standing, refusal
from apps.journal.services import record
from apps.listings.models import Listing

ZONE = jurisdiction("IN").zone


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDraft:
    """What someone says."""

    thing: str
    story: str
    harms: list[str]
    good_faith: bool
    listing: Listing | None = None
    seen_where: str = ""
    ongoing: str = Ongoing.UNKNOWN
    language: str = "en"
    jurisdiction: str = ""
    voice: str = Voice.ANONYMOUS
    contact: str = ""
    channel: str = Channel.PAGE
    files: list[SentFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FiledReport:
    """A report, the receipt that exists nowhere else, and the files that were not taken."""

    report: MisuseReport
    receipt: str
    refused: list[RefusedFile]


@transaction.atomic
def report_file(*, actor: Actor, draft: ReportDraft, sent_key: str) -> FiledReport:
    """File a report under the random key of its form; the same again gives the same receipt.

    A file that is not taken never costs the report: it is named in the answer.
    """
    key = _key(sent_key)
    if actor.known and not in_good_standing(actor):
        raise refusal(actor, _("Your account cannot act now; you may report without signing in."))
    _must_be_whole(draft)
    kept, refused = evidence_sorted(draft.harms, draft.files)
    opens = receipt(secret(), key, _digest(draft))
    report, made = MisuseReport.objects.get_or_create(
        sent_lock=lock(secret(), "sent", key), defaults=_columns(actor, draft, opens)
    )
    if not made:
        if report.receipt_lock != lock(secret(), "lock", tidied(opens)):
            raise errors.ReportKeyReused(field="Idempotency-Key")
        return FiledReport(report, opens, refused)
    for facts in kept:
        Evidence.objects.create(report=report, **facts)
    act = acts.ReportFiled(
        subject=report.id,
        channel=report.channel,
        voice=report.voice,
        harms=report.harms,
        files=len(kept),
    )
    record(act, actor=_unnamed(actor, draft))
    return FiledReport(report, opens, refused)


def _columns(actor: Actor, draft: ReportDraft, opens: str) -> dict[str, object]:
    named = draft.voice != Voice.ANONYMOUS
    return {
        "receipt_lock": lock(secret(), "lock", tidied(opens)),
        "channel": draft.channel,
        "voice": draft.voice,
        "reporter_id": actor.person if named and draft.channel != Channel.ASSISTED else None,
        "contact": draft.contact.strip() if named else "",
        "listing": draft.listing,
        "thing": draft.thing.strip() or (draft.listing.name if draft.listing else ""),
        "seen_where": draft.seen_where.strip(),
        "harms": sorted(set(draft.harms)),
        "story": draft.story.strip(),
        "ongoing": draft.ongoing,
        "language": draft.language,
        "jurisdiction": jurisdiction(draft.jurisdiction).code if draft.jurisdiction else "",
        "received_date": today(ZONE),
    }


def _unnamed(actor: Actor, draft: ReportDraft) -> Actor:
    """Return who stands in the act: nobody, unless they report with their name."""
    kept = draft.voice == Voice.NAMED and draft.channel != Channel.ASSISTED
    return actor if kept else ANONYMOUS


def _key(text: str) -> str:
    try:
        return uuid.UUID(text).hex
    except ValueError:
        raise errors.ReportKeyMalformed(field="Idempotency-Key") from None


def _digest(draft: ReportDraft) -> str:
    told = asdict(replace(draft, files=[])) | {
        "listing": str(draft.listing.pk) if draft.listing else "",
        "files": [hashlib.sha256(file.content).hexdigest() for file in draft.files],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _must_be_whole(draft: ReportDraft) -> None:
    lacks = [
        (not draft.thing.strip() and not draft.listing, "thing", _("Say what it is about.")),
        (not draft.story.strip(), "story", _("Say what happened.")),
        (not draft.harms, "harms", _("Mark at least one kind of harm.")),
        (not draft.good_faith, "good_faith", _("Say that you believe what you write is true.")),
        (not set(draft.harms) <= set(Harm.values), "harms", _("One of these is not in the list.")),
        (
            draft.voice != Voice.ANONYMOUS and not draft.contact.strip(),
            "contact",
            _("Say how we may reach you, or stay anonymous."),
        ),
    ]
    faults = [FieldFault(name, reason) for missing, name, reason in lacks if missing]
    if faults:
        raise Invalid(_("The report is not complete yet."), faults=faults)
