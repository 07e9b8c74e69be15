import io
import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.core.actor import ANONYMOUS, OPERATOR
from apps.core.errors import NotPermitted
from apps.journal.models import RecordedAct
from apps.listings.management.commands import listings_generate
from apps.listings.models import ImportContent, ImportFault, ImportRun, LineageEdge, Listing
from apps.listings.readers import RowRead
from apps.listings.services import import_open, import_run, listings_import
from apps.listings.services import imports as importing
from tests.factories import listings as make

DATA = Path(os.environ.get("SANGAM_DATA", Path(__file__).parents[3] / "shared" / "data"))
ECOSYSTEM, CARDS = DATA / "ecosystem_listings.jsonl", DATA / "model_card_metadata.jsonl"
needs_data = pytest.mark.skipif(
    not (ECOSYSTEM.is_file() and CARDS.is_file()), reason=f"the real listings are not in {DATA}"
)


def row(number: int, **facts: object) -> dict:
    return {"external_id": f"m{number}", "name": f"M{number}", "provider": "Prism"} | facts


def lines(*rows: object) -> io.BytesIO:
    texts = [one if isinstance(one, str) else json.dumps(one) for one in rows]
    return io.BytesIO("\n".join(texts).encode())


def bring(*rows: object, name: str = "rows.jsonl") -> ImportRun:
    return listings_import(actor=OPERATOR, organisation=None, file_name=name, body=lines(*rows))


def counts(run: ImportRun) -> tuple[int, ...]:
    return (run.seen, run.listed, run.changed, run.unchanged, run.refused)


@pytest.mark.django_db
def test_usable_rows_are_listed_and_the_others_explained():
    run = bring(row(1), "{oops", row(2, downloads=-1), row(3), row(1, name="Twice"))

    assert counts(run) == (5, 2, 0, 0, 3)
    assert run.state == "finished"
    assert list(Listing.objects.order_by("name").values_list("name", "source")) == [
        ("M1", "portal"),
        ("M3", "portal"),
    ]
    faults = ImportFault.objects.order_by("line")
    assert list(faults.values_list("line", "field")) == [
        (2, ""),
        (3, "downloads"),
        (5, "external_id"),
    ]


@pytest.mark.django_db
def test_the_same_file_again_writes_nothing():
    rows = [row(1, parents=[{"name": "M2"}]), row(2)]
    bring(*rows)
    acts = RecordedAct.objects.count()

    run = bring(*rows)

    assert counts(run) == (2, 0, 0, 2, 0)
    assert RecordedAct.objects.count() == acts


@pytest.mark.django_db
def test_a_changed_row_has_one_act():
    bring(row(1), row(2))

    run = bring(row(1), row(2, task="translation", licence_text="mit"))

    assert counts(run) == (2, 0, 1, 1, 0)
    kinds = RecordedAct.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["listings.listing.listed"] * 2 + ["listings.version.published"]


@pytest.mark.django_db
def test_a_chunk_the_database_refuses_costs_only_the_row_at_fault():
    run = import_open(actor=OPERATOR, organisation=None, file_name="rows.jsonl")
    drafts = [make.draft(), make.draft(task="t" * 61), make.draft()]

    written = importing._write(OPERATOR, run, [RowRead(1, "", one) for one in drafts])

    assert (written.listed, Listing.objects.count()) == (2, 2)
    [(row_refused, fault)] = written.refused
    assert row_refused.draft == drafts[1]
    assert "value too long" in fault.reason


@pytest.mark.django_db(transaction=True)
def test_an_import_that_was_cut_off_goes_on_where_it_stood(monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    body = lines(*(row(number) for number in range(5)), row(0)).getvalue()
    run = import_open(actor=OPERATOR, organisation=None, file_name="x.jsonl", body=body)
    writes = iter([importing.rows_write, None])

    def cut_off(**arguments: object) -> object:
        return next(writes)(**arguments)

    with monkeypatch.context() as patch:
        patch.setattr(importing, "rows_write", cut_off)
        with pytest.raises(TypeError):
            import_run(run_id=run.pk)
    half = ImportRun.objects.get()
    assert (half.state, half.seen, Listing.objects.count()) == ("failed", 2, 2)

    import_run(run_id=run.pk)

    done = ImportRun.objects.get()
    assert counts(done) == (6, 5, 0, 0, 1)
    assert (done.state, ImportContent.objects.count(), Listing.objects.count()) == (
        "finished",
        0,
        5,
    )


@pytest.mark.django_db
def test_strangers_import_nothing():
    with pytest.raises(NotPermitted):
        import_open(actor=ANONYMOUS, organisation=None, file_name="x.jsonl", body=b"{}")

    assert ImportRun.objects.count() == 0


@pytest.mark.django_db
def test_the_command_reports_every_row_it_could_not_use(tmp_path, capsys):
    file = tmp_path / "rows.csv"
    file.write_text("external_id,name,provider,languages\n1,=SUM(A1),P,en;hi\n2,,P,\n")

    call_command("listings_import", file)

    report = capsys.readouterr().out
    assert f"{file}: 2 rows: 1 listed, 0 changed, 0 unchanged, 1 refused." in report
    assert "line 3: 2 name: This field is missing. Fill it in." in report
    assert Listing.objects.get().name == "=SUM(A1)"
    with pytest.raises(CommandError, match="no such file"):
        call_command("listings_import", tmp_path / "none.csv")


@pytest.mark.django_db
@needs_data
def test_the_real_listings_come_in_and_what_cannot_is_explained():
    with ECOSYSTEM.open("rb") as body:
        run = listings_import(
            actor=OPERATOR, organisation=None, file_name=ECOSYSTEM.name, body=body
        )

    assert counts(run) == (429, 428, 0, 0, 1)
    [fault] = ImportFault.objects.all()
    assert fault.external_id == "assets/aspia_space_institu.yaml#AstroPT"
    assert Listing.objects.get(external_id="assets/01ai.yaml#Yi").provider.name == "01 AI"
    assert LineageEdge.objects.count() > LineageEdge.objects.exclude(parent=None).count() > 100

    with ECOSYSTEM.open("rb") as body:
        again = listings_import(
            actor=OPERATOR, organisation=None, file_name=ECOSYSTEM.name, body=body
        )
    assert counts(again) == (429, 0, 0, 428, 1)


@pytest.mark.django_db
@needs_data
def test_the_real_cards_come_in_and_what_cannot_is_explained():
    with CARDS.open("rb") as body:
        run = listings_import(actor=OPERATOR, organisation=None, file_name=CARDS.name, body=body)

    assert counts(run) == (75, 74, 0, 0, 1)
    [fault] = ImportFault.objects.all()
    assert (fault.line, fault.field) == (42, "id")
    assert Listing.objects.filter(current__licence="creativeml-openrail-m").count() == 8
    assert not Listing.objects.filter(current__licence="openrail").exists()


@pytest.mark.django_db
def test_generated_listings_are_the_same_for_the_same_seed(capsys, monkeypatch):
    monkeypatch.setattr(listings_generate, "FILE", 30)
    call_command("listings_generate", 30, seed=7)
    call_command("listings_generate", 30, seed=7)

    told = capsys.readouterr().out
    assert told == "30 rows: 30 listed, 0 stood already.\n30 rows: 0 listed, 30 stood already.\n"
    call_command("listings_generate", 70, seed=7)
    assert Listing.objects.filter(source="generated").count() == 70
