import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.cases.models import Appeal, Evidence, MisuseReport
from apps.cases.services import decision_issue, report_link
from tests.factories import cases as make
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db

SENT = {
    "thing": "A portrait app",
    "story": "It made pictures of my neighbour.",
    "harms": ["harassed"],
    "ongoing": "yes",
    "voice": "anonymous",
    "good_faith": "on",
}
PNG = (Path(__file__).parent.parent / "cases" / "files" / "drawn.png").read_bytes()


def send(client=None, **changes):
    sent = SENT | {"form_key": str(uuid.uuid4())} | changes
    return (client or Client()).post("/samaj/report/", sent)


def test_a_report_is_filed_without_login_and_answered_with_its_receipt():
    page = Client().get("/samaj/report/")

    answer = send()

    assert (page.status_code, answer.status_code) == (200, 201)
    receipt = "-".join(answer.context["receipt"])
    assert [len(group) for group in answer.context["receipt"]] == [4, 4, 4, 4, 4, 4, 2]
    assert "no-store" in answer["Cache-Control"]
    status = Client().post("/samaj/answers/", {"receipt": receipt})
    assert (status.status_code, status.context["status"].state) == (200, "received")
    assert "neighbour" not in status.text


def test_the_form_sent_twice_shows_the_same_receipt():
    key = str(uuid.uuid4())

    first, again = send(form_key=key), send(form_key=key)

    assert first.context["receipt"] == again.context["receipt"]
    assert MisuseReport.objects.count() == 1


def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept():
    answer = send(story="", good_faith="")

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"story", "good_faith"}
    assert "A portrait app" in answer.text
    assert not MisuseReport.objects.exists()


def test_a_listing_can_be_named_in_the_address():
    listing = listings.listing()

    page = Client().get(f"/samaj/report/?listing={listing.code}")
    send(listing=listing.code)

    assert listing.name in page.text
    assert MisuseReport.objects.get().listing == listing


def upload(content=PNG, name="a.png"):
    return SimpleUploadedFile(name, content)


def test_a_file_is_told_by_its_bytes_and_its_refusal_never_costs_the_report():
    taken = send(file=SimpleUploadedFile("page.html", PNG, content_type="text/html"))
    refused = send(file=[upload(b"<html>", "portrait.png"), upload(b"A note.", "note.txt")])

    assert (taken.status_code, refused.status_code) == (201, 201)
    assert "One file was not taken. Your report was." in refused.text
    assert "portrait.png" in refused.text
    assert "A file of this kind is not taken." in refused.text
    kinds = Evidence.objects.order_by("media_type").values_list("media_type", flat=True)
    assert list(kinds) == ["image/png", "text/plain"]


def test_pictures_of_abuse_are_turned_away_with_help_and_the_report_is_kept():
    answer = send(harms=["children"], file=upload())

    assert (answer.status_code, MisuseReport.objects.count()) == (201, 1)
    assert "1930" in answer.text
    assert not Evidence.objects.exists()


def test_who_mends_the_form_is_told_to_choose_the_files_again():
    answer = send(story="", file=upload())

    assert answer.status_code == 400
    assert "Choose your files again" in answer.text
    assert "A portrait app" in answer.text


def test_files_are_added_with_the_receipt_alone():
    receipt = make.filed().receipt

    added = Client().post("/samaj/answers/files/", {"receipt": receipt, "file": [upload()]})
    wrong = Client().post(
        "/samaj/answers/files/", {"receipt": receipt, "file": [upload(b"MZ\x90", "tool.exe")]}
    )

    assert (added.status_code, wrong.status_code) == (200, 400)
    assert "1 file was added." in added.text
    assert "tool.exe: A file of this kind is not taken." in wrong.text
    assert Evidence.objects.count() == 1


def test_reports_of_one_address_are_counted(settings):
    settings.REPORTS_PER_HOUR = 2

    assert [send().status_code for _time in range(3)] == [201, 201, 429]


def test_a_reporter_appeals_with_the_receipt_alone():
    filed = make.filed()
    case = make.answered()
    report_link(actor=institutions.actor(make.officer()), report=filed.report, case=case)
    decision_issue(actor=make.held_by(case), case=case, draft=make.decision_draft())

    sent = {"receipt": filed.receipt, "text": "Too mild."}
    first, again = (Client().post("/samaj/answers/appeal/", sent) for _time in range(2))

    assert (first.status_code, again.status_code) == (200, 400)
    assert Appeal.objects.get().report == filed.report


def test_an_unknown_receipt_is_refused_in_words():
    answer = Client().post("/samaj/answers/", {"receipt": "0000-0000"})

    assert answer.status_code == 400
    assert "No report opens" in answer.text


def test_the_form_speaks_hindi():
    client = Client(headers={"Accept-Language": "hi"})

    page = client.get("/samaj/report/")
    answer = send(client)

    assert "किसी AI मॉडल के दुरुपयोग की रिपोर्ट करें" in page.text
    assert MisuseReport.objects.get().language == "hi"
    assert "आपकी रिपोर्ट मिल गई" in answer.text
