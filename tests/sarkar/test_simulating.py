import pytest

from apps.compliance.models import Simulation
from apps.compliance.services import reassess
from apps.policy.models import Rule
from tests.factories import institutions as people
from tests.factories import listings
from tests.sarkar.signing import signed_in
from tests.sarkar.test_pages import ENTER, sent

pytestmark = pytest.mark.django_db


def test_a_large_register_is_asked_by_a_worker_and_the_page_tells_how_far_it_is(
    settings, django_capture_on_commit_callbacks
):
    browser = signed_in(people.regulator("IN"))
    settings.SIMULATE_AT_ONCE = 0
    listings.listing(task="asr")
    reassess()

    with django_capture_on_commit_callbacks() as handed_over:
        waiting = browser.post(ENTER, sent(check="1")).content.decode()
    simulation = Simulation.objects.get()
    looked = browser.get(f"/simulations/{simulation.pk}/")
    for hand_over in handed_over:
        hand_over()
    done = browser.post(ENTER, sent(check="1")).content.decode()

    assert "No listing has been asked yet." in waiting
    assert "Check again" in waiting
    assert "No listing has been asked yet." in looked.content.decode()
    simulation.refresh_from_db()
    assert simulation.digest in done
    assert "1 of 1 listings would stand otherwise." in done
    assert not Rule.objects.exists()
