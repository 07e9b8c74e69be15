import hashlib
import uuid

import pytest

from apps.cases import errors
from apps.cases.models import Evidence, MisuseReport
from apps.cases.receipts import SIGNS, tidied
from apps.cases.selectors import report_by_receipt, report_status, reports_waiting
from apps.cases.services import (
    cases_turn,
    decision_issue,
    evidence_add,
    report_file,
    report_link,
)
from apps.cases.sniffing import media_type
from apps.cases.states import Channel, Harm, Voice
from apps.clocks.models import Clock
from apps.core.actor import ANONYMOUS
from apps.core.errors import Conflict, Invalid, NotPermitted
from apps.institutions.offices import Office
from apps.journal.models import RecordedAct
from tests.cases.test_stripping import LADEN_JPEG
from tests.factories import cases as make
from tests.factories import institutions

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def test_a_receipt_has_130_bits_and_opens_its_report_alone():
    first, second = make.filed(), make.filed()

    signs = tidied(first.receipt)

    assert (len(signs), set(signs) <= set(SIGNS)) == (26, True)
    assert first.receipt != second.receipt
    assert report_by_receipt(first.receipt.lower().replace("-", " ")) == first.report
    with pytest.raises(errors.ReceiptUnknown):
        report_by_receipt(first.receipt[:-1])


def test_neither_the_receipt_nor_the_key_of_the_form_is_kept():
    key = str(uuid.uuid4())
    filed = report_file(actor=ANONYMOUS, draft=make.report_draft(), sent_key=key)

    row = str(MisuseReport.objects.filter(pk=filed.report.pk).values().get())

    assert tidied(filed.receipt) not in tidied(row)
    assert key not in row
    assert uuid.UUID(key).hex not in row


def test_the_same_form_sent_twice_is_filed_once():
    key, draft = str(uuid.uuid4()), make.report_draft(files=[make.note()])

    first = report_file(actor=ANONYMOUS, draft=draft, sent_key=key)
    again = report_file(actor=ANONYMOUS, draft=draft, sent_key=key.upper())

    assert (again.report, again.receipt) == (first.report, first.receipt)
    assert (MisuseReport.objects.count(), Evidence.objects.count()) == (1, 1)
    with pytest.raises(errors.ReportKeyReused):
        report_file(actor=ANONYMOUS, draft=make.report_draft(story="Other."), sent_key=key)
    assert MisuseReport.objects.count() == 1


@pytest.mark.parametrize("key", ["", "1", "not-a-key"])
def test_a_report_needs_a_random_key(key):
    with pytest.raises(errors.ReportKeyMalformed):
        report_file(actor=ANONYMOUS, draft=make.report_draft(), sent_key=key)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"thing": " "}, "thing"),
        ({"story": ""}, "story"),
        ({"harms": []}, "harms"),
        ({"harms": ["unknown"]}, "harms"),
        ({"good_faith": False}, "good_faith"),
        ({"voice": Voice.CONFIDENTIAL}, "contact"),
    ],
)
def test_a_report_that_is_not_whole_says_what_is_missing(changes, field):
    with pytest.raises(Invalid) as refused:
        make.filed(**changes)

    assert [fault.field for fault in refused.value.faults] == [field]
    assert not MisuseReport.objects.exists()


def test_an_anonymous_report_names_nobody_not_even_in_the_journal():
    person = institutions.person()

    report = make.filed(actor=institutions.actor(person), contact="me@example.org").report

    assert (report.reporter_id, report.contact) == (None, "")
    act = RecordedAct.objects.get(kind="cases.report.filed")
    assert (act.actor, act.visibility) == (None, "sealed")


def test_the_id_and_the_time_of_a_report_tell_no_hour(clock):
    report = make.filed().report

    cases_turn()
    assert (report.id.version, Clock.objects.filter(thing=report.id).count()) == (4, 0)
    clock.advance("1 day")
    cases_turn()
    assert cases_turn() == 0
    assert Clock.objects.get(thing=report.id).rule.code == "cases.triage"


def test_a_helper_who_files_for_another_is_not_kept():
    helper = institutions.actor(institutions.person())

    report = make.filed(
        actor=helper, channel=Channel.ASSISTED, voice=Voice.NAMED, contact="village office"
    ).report

    assert report.reporter_id is None
    assert RecordedAct.objects.get(kind="cases.report.filed").actor is None


@pytest.mark.parametrize("harm", [Harm.INTIMATE, Harm.CHILDREN])
def test_with_pictures_of_abuse_no_file_is_taken_but_help_is_named(harm):
    filed = make.filed(harms=[harm], files=[make.note()])

    (refused,) = filed.refused
    assert refused.name == "note.txt"
    assert "1930" in str(refused.refusal.remedy)
    assert (MisuseReport.objects.count(), Evidence.objects.count()) == (1, 0)
    with pytest.raises(errors.PicturesNeverTaken):
        evidence_add(receipt=filed.receipt, file=make.note())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0 jpeg", "image/jpeg"),
        (b"RIFF0000WEBPVP8 ", "image/webp"),
        ("साफ़ पाठ\n".encode(), "text/plain"),
        (b"<html><script>alert(1)</script>", ""),
        (b" \n<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
        (b"MZ\x90\x00\x03", ""),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_a_file_is_what_its_bytes_say(content, kind):
    assert media_type(content) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90", "evidence-not-taken"),
        (b"note" * 1_400_000, "evidence-too-large"),
        (PNG, "evidence-broken"),
    ],
)
def test_a_file_that_is_not_taken_never_costs_the_report(content, code):
    filed = make.filed(files=[make.note(content, "a.png"), make.note()])

    (refused,) = filed.refused
    assert (refused.name, refused.refusal.code) == ("a.png", code)
    assert report_by_receipt(filed.receipt) == filed.report
    assert [file.media_type for file in Evidence.objects.all()] == ["text/plain"]


def test_a_report_takes_three_files_each_once_and_names_the_one_too_many():
    files = [make.note(f"Note {number}.".encode(), f"{number}.txt") for number in (1, 2, 3, 3, 4)]

    filed = make.filed(files=files)

    assert [(file.name, file.refusal.code) for file in filed.refused] == [
        ("4.txt", "evidence-too-many")
    ]
    assert Evidence.objects.count() == 3


def test_a_picture_is_kept_without_its_hidden_data_and_with_both_hashes():
    make.filed(files=[make.note(LADEN_JPEG, "asha.jpg")])

    kept = Evidence.objects.get()
    content = bytes(kept.content)
    assert b"Asha" not in content
    assert (kept.size, kept.cleaning) == (len(content), "whole")
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.original_sha256 == hashlib.sha256(LADEN_JPEG).hexdigest()
    assert "asha" not in str(Evidence.objects.values().get()).replace(str(kept.content), "").lower()


def test_a_file_is_added_with_the_receipt_until_the_report_is_answered():
    filed = make.filed()

    first = evidence_add(receipt=filed.receipt, file=make.note())
    again = evidence_add(receipt=filed.receipt, file=make.note())
    with pytest.raises(errors.ReceiptUnknown):
        evidence_add(receipt="0000", file=make.note())

    assert first == again
    act = RecordedAct.objects.get(kind="cases.evidence.added")
    assert (act.actor, act.visibility) == (None, "sealed")
    case = make.answered()
    report_link(actor=institutions.actor(make.officer()), report=filed.report, case=case)
    decision_issue(actor=make.held_by(case), case=case, draft=make.decision_draft())
    with pytest.raises(Conflict):
        evidence_add(receipt=filed.receipt, file=make.note(b"Later."))
    assert Evidence.objects.count() == 1


def test_a_report_waits_until_an_officer_for_misuse_links_it():
    report, case = make.filed().report, make.opened()
    assert [row.pk for row in reports_waiting().rows] == [report.pk]

    for stranger in (ANONYMOUS, institutions.actor(institutions.regulator())):
        with pytest.raises(NotPermitted):
            report_link(actor=stranger, report=report, case=case)
    report_link(actor=institutions.actor(make.officer()), report=report, case=case)

    assert reports_waiting().rows == []
    assert RecordedAct.objects.filter(kind="cases.report.linked", visibility="sealed").count() == 2


def test_the_status_shows_where_a_report_is_and_none_of_its_words():
    filed = make.filed()

    status = report_status(filed.receipt)

    assert (status.state, status.case, status.can_appeal) == ("received", None, False)


def test_a_clerk_does_not_look_at_reports():
    clerk = institutions.actor(institutions.officer(Office.CLERK))

    with pytest.raises(NotPermitted):
        report_link(actor=clerk, report=make.filed().report, case=make.opened())
