import pytest

from apps.journal.models import RecordedAct
from apps.listings.models import LineageEdge, Listing
from apps.listings.readers import ParentDraft
from tests.factories import listings as make

BASE = (ParentDraft("prism/Base", "weights", "finetune"),)


def acts() -> list[str]:
    return list(RecordedAct.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.django_db
def test_a_parent_is_found_by_its_external_id():
    base = make.listing(source="huggingface", external_id="prism/Base")

    make.listing(source="elsewhere", parents=BASE)

    assert LineageEdge.objects.get().parent == base
    assert acts() == ["listings.listing.listed"] * 2


@pytest.mark.django_db
def test_a_parent_that_comes_later_is_found_then_with_an_act_of_the_child():
    child = make.version(parents=BASE)
    assert LineageEdge.objects.get().parent is None

    base = make.listing(source="huggingface", external_id="prism/base")

    assert LineageEdge.objects.get().parent == base
    act = RecordedAct.objects.get(kind="listings.lineage.resolved")
    assert act.subject == child.listing_id


@pytest.mark.django_db
def test_parent_and_child_in_one_batch_find_each_other():
    child = make.draft(name="Child", parents=(ParentDraft("Base", "weights"),))

    make.write(child, make.draft(name="base"))

    assert LineageEdge.objects.get().parent == Listing.objects.get(name="base")
    assert acts() == ["listings.listing.listed"] * 2


@pytest.mark.django_db
def test_a_bare_name_counts_only_in_its_own_source_and_where_it_is_one_listings():
    make.listing(source="other", name="Base")
    make.listing(name="Twin")
    make.listing(name="twin")

    make.listing(parents=(ParentDraft("Base", "weights"), ParentDraft("Twin", "weights")))

    assert set(LineageEdge.objects.values_list("parent", flat=True)) == {None}


@pytest.mark.django_db
def test_data_is_no_listing():
    make.listing(name="Corpus")

    make.listing(parents=(ParentDraft("Corpus", "data"),))

    assert LineageEdge.objects.get().parent is None


@pytest.mark.django_db
def test_a_model_is_not_its_own_parent():
    make.listing(name="Loop", parents=(ParentDraft("Loop", "weights"),))

    assert LineageEdge.objects.get().parent is None
