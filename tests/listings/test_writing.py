import dataclasses

import pytest

from apps.core.actor import ANONYMOUS, OPERATOR
from apps.core.errors import NotPermitted
from apps.journal.models import RecordedAct
from apps.licensing.models import UnresolvedLicence
from apps.listings.errors import ListingRefused, NotKeeper
from apps.listings.models import EarlierFacts, Evaluation, LineageEdge, Listing, Provider
from apps.listings.readers import EvaluationDraft, ParentDraft
from apps.listings.services.listings import listing_change, listing_publish, listing_withdraw
from tests.factories import listings as make


def kinds() -> list[str]:
    return list(RecordedAct.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.django_db
def test_a_new_listing_stands_with_its_first_version_and_one_act():
    version = make.version(name="Lumen 7B", provider="Prism Labs", licence_text="Apache 2.0")

    listing = version.listing
    assert listing.current_id == version.pk
    assert (version.number, version.licence_id) == (1, "apache-2.0")
    assert (listing.provider.slug, listing.provider.claimed_by) == ("prism-labs", None)
    assert listing.code.startswith("L-")
    assert kinds() == ["listings.listing.listed"]
    assert RecordedAct.objects.get().subject == listing.pk


@pytest.mark.django_db
def test_an_unchanged_row_writes_nothing():
    draft = make.draft(tags=("a", "b"))
    make.write(draft)
    before = Listing.objects.values().get()

    written = make.write(dataclasses.replace(draft))

    assert (written.listed, written.changed, written.unchanged) == (0, 0, 1)
    assert Listing.objects.values().get() == before
    assert kinds() == ["listings.listing.listed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [{"licence_text": "mit"}, {"licence_text": ""}, {"weight_digest": "sha256:" + "b" * 64}],
)
def test_another_licence_or_other_weights_begin_a_version(change):
    draft = make.draft(weight_digest="sha256:" + "a" * 64)
    make.write(draft)

    written = make.write(dataclasses.replace(draft, **change))

    assert written.changed == 1
    listing = Listing.objects.get()
    assert [row.number for row in listing.versions.order_by("number")] == [1, 2]
    assert listing.current.number == 2
    assert kinds() == ["listings.listing.listed", "listings.version.published"]


@pytest.mark.django_db
def test_the_same_licence_in_another_spelling_is_no_new_version():
    draft = make.draft(licence_text="Apache 2.0")
    make.write(draft)

    written = make.write(dataclasses.replace(draft, licence_text="apache-2.0"))

    assert (written.changed, written.unchanged) == (0, 1)
    assert Listing.objects.get().versions.count() == 1


@pytest.mark.django_db
def test_other_facts_change_in_place_and_the_former_are_closed():
    draft = make.draft(downloads=10, languages=("en",))
    make.write(draft)
    since = Listing.objects.get().current.declared_at

    make.write(dataclasses.replace(draft, downloads=25, task="translation"))

    version = Listing.objects.get().current
    assert (version.number, version.downloads, version.task) == (1, 25, "translation")
    former = EarlierFacts.objects.get()
    assert (former.downloads, former.task, former.languages) == (10, "text-generation", ["en"])
    assert (former.since_at, former.until_at) == (since, version.declared_at)
    assert kinds() == ["listings.listing.listed", "listings.listing.changed"]
    act = RecordedAct.objects.get(kind="listings.listing.changed")
    assert '"fields": ["downloads", "task"]' in str(act.payload).replace("'", '"')


@pytest.mark.django_db
def test_parents_and_results_that_are_told_no_more_are_ended():
    tests = (EvaluationDraft("toxicity", 0.1), EvaluationDraft("bias", 0.2))
    draft = make.draft(parents=(ParentDraft("Old base", "weights"),), evaluations=tests)
    make.write(draft)

    make.write(
        dataclasses.replace(
            draft, parents=(ParentDraft("New base", "weights"),), evaluations=tests[:1]
        )
    )

    edges = dict(LineageEdge.objects.values_list("parent_name", "valid_until"))
    assert edges["New base"] is None
    assert edges["Old base"] == Listing.objects.get().changed_at
    ended = dict(Evaluation.objects.values_list("kind", "ended_at"))
    assert ended["toxicity"] is None
    assert ended["bias"] == Listing.objects.get().changed_at


@pytest.mark.django_db
def test_a_licence_nobody_knows_waits_for_a_person_and_a_family_tag_does_not():
    make.write(
        make.draft(licence_text="Studio licence 3"),
        make.draft(licence_text="openrail"),
        make.draft(licence_text="unknown"),
    )

    assert [row.text for row in UnresolvedLicence.objects.all()] == ["Studio licence 3"]
    assert set(Listing.objects.values_list("current__licence", flat=True)) == {None}


@pytest.mark.django_db
def test_one_provider_has_one_address_whatever_its_spelling():
    make.write(make.draft(provider="Deep Mind"), make.draft(provider="deep-mind"))

    assert Provider.objects.get().slug == "deep-mind"


@pytest.mark.django_db
def test_a_provider_without_latin_letters_has_an_address():
    make.write(make.draft(provider="百度"))

    assert Provider.objects.get().slug.startswith("p-")


@pytest.mark.django_db
def test_strangers_list_nothing():
    with pytest.raises(NotPermitted):
        listing_publish(actor=ANONYMOUS, organisation=None, draft=make.draft())

    assert (Listing.objects.count(), Provider.objects.count(), kinds()) == (0, 0, [])


@pytest.mark.django_db
def test_a_withdrawn_listing_is_not_changed_by_a_row():
    draft = make.draft()
    make.write(draft)
    listing_withdraw(actor=OPERATOR, listing_id=Listing.objects.get().pk, reason="Retired.")

    with pytest.raises(ListingRefused):
        listing_publish(
            actor=OPERATOR, organisation=None, draft=dataclasses.replace(draft, downloads=3)
        )

    listing = Listing.objects.get()
    assert (listing.state, listing.current.downloads) == ("withdrawn", None)


@pytest.mark.django_db
def test_a_providers_country_is_filled_in_once_and_stays():
    make.write(make.draft(provider="Prism"))
    make.write(make.draft(provider="Prism", provider_country="IN"))
    make.write(make.draft(provider="Prism", provider_country="FR"))

    provider = Provider.objects.get()
    assert provider.country == "IN"
    act = RecordedAct.objects.get(kind="listings.provider.described")
    assert act.subject == provider.pk


@pytest.mark.django_db
def test_some_fields_are_told_anew_and_the_others_stay():
    version = make.version(
        downloads=4,
        parents=(ParentDraft("Base", "weights"),),
        evaluations=(EvaluationDraft("elo", -3),),
    )

    changed = listing_change(
        actor=OPERATOR, listing_id=version.listing_id, changes={"licence_text": "mit"}
    )

    assert (changed.number, changed.licence_id, changed.downloads) == (2, "mit", 4)
    assert changed.parents.get().parent_name == "Base"
    assert changed.evaluations.get().score == -3


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"external_id": "x"}, {"colour": "red"}, {"downloads": "5"}])
def test_what_cannot_be_told_anew_is_named(changes):
    version = make.version()

    with pytest.raises(ListingRefused) as refused:
        listing_change(actor=OPERATOR, listing_id=version.listing_id, changes=changes)

    assert [fault.field for fault in refused.value.faults] == list(changes)
    assert Listing.objects.get().versions.count() == 1
    with pytest.raises(NotKeeper):
        listing_change(actor=ANONYMOUS, listing_id=version.listing_id, changes={})
