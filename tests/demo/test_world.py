import pytest

from apps.compliance.models import Exemption, Measure, Sandbox, Standing
from apps.compliance.selectors.standings import figures
from apps.core.clock import now
from apps.institutions.models import Organisation, User
from apps.journal.models import Parked
from apps.journal.selectors import position
from apps.licensing.models import Licence
from apps.listings.models import LineageEdge, Listing, ListingVersion, Provider
from apps.policy.engine import Outcome
from apps.policy.models import Rule, RuleVersion, Use
from apps.policy.states import RuleState
from config.demo.people import PASSWORD, everyone
from config.demo.removal import emptied
from config.demo.signins import signins
from config.demo.world import PortalFoundedAlready, build
from tests.database.base import as_superuser
from tests.factories import institutions

pytestmark = pytest.mark.django_db


def travel(ahead):
    as_superuser("update core_businessclock set ahead = %s", [ahead])


def test_the_world_is_whole_and_is_built_once(clock):
    machine = now()

    built = build(travel)

    assert built.new
    assert built.token.startswith("sangam_")
    assert abs((now() - machine).total_seconds()) < 60
    assert Parked.objects.count() == 0
    assert Listing.objects.filter(source="demo").count() == 110
    assert Provider.objects.filter(claimed_by__isnull=False).count() == 1
    assert ListingVersion.objects.filter(licence__isnull=False).count() >= 95
    assert LineageEdge.objects.filter(kind="weights", parent__isnull=False).count() >= 25
    assert Rule.objects.count() == 13
    assert RuleVersion.objects.filter(state=RuleState.IN_FORCE).count() == 13
    assert RuleVersion.objects.filter(state=RuleState.SCHEDULED).count() == 1
    assert (Sandbox.objects.count(), Exemption.objects.count()) == (1, 2)
    assert Measure.objects.count() == 4
    counted = figures()
    assert counted.listings == 110
    assert counted.by_outcome[Outcome.CONDITION] >= 3
    suspended = Standing.objects.open().filter(outcome=Outcome.SUSPEND)
    assert set(suspended.values_list("listing__external_id", flat=True)) == {"fjord/fjord-gate"}
    assert counted.would_change >= 5
    assert Standing.objects.open().filter(outcome=Outcome.PROHIBIT).exists()
    assert set(User.objects.values_list("is_demo", flat=True)) == {True}
    assert set(Organisation.objects.values_list("is_demo", flat=True)) == {True}

    reached = position()
    assert not build(travel).new
    assert position() == reached


def test_everyone_can_sign_in_and_is_told_of(clock):
    build(travel)

    told = signins()

    for person in everyone():
        user = User.objects.get(email=person.email)
        assert user.check_password(PASSWORD)
        assert user.authenticator_set.exists() is person.second_factor
        assert person.email in told


def test_a_portal_that_people_founded_is_left_alone(clock):
    institutions.administrator()

    with pytest.raises(PortalFoundedAlready):
        build(travel)

    assert Listing.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_removing_it_leaves_reference_data_alone(clock):
    build(travel)
    licences = Licence.objects.count()
    # The tests' owner connection mirrors the runtime role's; here the real owner is needed.
    tables = emptied()

    as_superuser(f"truncate {', '.join(tables)}")

    assert "journal_act" in tables
    assert "licensing_licence" not in tables
    assert (Listing.objects.count(), User.objects.count(), position()) == (0, 0, 0)
    assert Licence.objects.count() == licences > 0
    assert Use.objects.count() > 0
    as_superuser("update journal_state set seen = '1:1:'")
    assert build(travel).new
