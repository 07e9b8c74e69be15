import pytest

from apps.core.actor import ANONYMOUS, OPERATOR
from apps.core.errors import NotPermitted
from apps.institutions.offices import Office
from apps.journal.models import RecordedAct
from apps.licensing.models import Licence, UnresolvedLicence
from apps.licensing.services import name_settle
from apps.listings.models import ListingVersion
from apps.listings.services import licences_recognise
from apps.reactions.runner import settle
from tests.factories import listings as make
from tests.factories.institutions import actor, officer


@pytest.mark.django_db(transaction=True)
def test_listings_get_their_licence_once_a_clerk_settles_its_name():
    named = make.version(licence_text="Studio licence 3")
    other = make.version(licence_text="Other words")
    name = UnresolvedLicence.objects.get(text="Studio licence 3")

    name_settle(
        actor=actor(officer(Office.CLERK)),
        name_id=name.pk,
        licence=Licence.objects.get(id="mit"),
    )
    settle()

    named.refresh_from_db()
    other.refresh_from_db()
    assert (named.licence_id, other.licence_id) == ("mit", None)
    act = RecordedAct.objects.get(kind="listings.licence.recognised")
    assert act.subject == named.listing_id
    assert licences_recognise(actor=OPERATOR) == 0


@pytest.mark.django_db
def test_strangers_read_no_names_again():
    make.version(licence_text="Studio licence 3")

    with pytest.raises(NotPermitted):
        licences_recognise(actor=ANONYMOUS)

    assert ListingVersion.objects.get().licence is None
