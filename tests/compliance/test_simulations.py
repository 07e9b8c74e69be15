import datetime as dt
import itertools

import pytest

from apps.compliance.errors import SimulationTaken, SimulationUnknown
from apps.compliance.models import Simulation
from apps.compliance.selectors import stretches
from apps.compliance.selectors.impact import impact
from apps.compliance.selectors.simulations import is_current, simulation_of
from apps.compliance.services import reassess, simulation_run, simulation_start, simulations
from apps.compliance.states import SIMULATION, SimulationState
from apps.compliance.tasks import simulation_go, simulation_set_off, simulations_resume
from apps.core.actor import ANONYMOUS
from apps.core.errors import MoveRefused, NotPermitted
from apps.policy.errors import RuleRefused
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db
ALLOWED = {
    ("queued", "running"),
    ("running", "done"),
    ("running", "failed"),
    ("queued", "voided"),
    ("running", "voided"),
    ("done", "voided"),
}
FACES = 'listing.task == "emotion-recognition"'


@pytest.fixture
def asha(db):
    return institutions.actor(institutions.person())


@pytest.fixture
def in_stretches(monkeypatch):
    """A register of five listings, asked two by two."""
    monkeypatch.setattr(stretches, "STRETCH", 2)
    for number in range(5):
        listings.listing(task=("asr", "emotion-recognition")[number % 2])
    reassess()


@pytest.mark.parametrize(
    ("source", "target"), list(itertools.product(SimulationState, SimulationState))
)
def test_a_simulation_moves_as_its_table_says(source, target):
    row = Simulation(state=source)

    if (source, target) in ALLOWED:
        SIMULATION.move(row, target)
        assert row.state == target
    else:
        with pytest.raises(MoveRefused):
            SIMULATION.move(row, target)
        assert row.state == source


def test_asked_in_stretches_it_is_the_same(in_stretches):
    draft, told = policy.rule_draft(FACES), []

    found = impact(draft, watch=lambda *seen: told.append(seen))

    assert told == [(2, 5), (4, 5), (5, 5)]
    assert found.digest == impact(draft).digest
    assert (found.listings, len(found.changed)) == (5, 2)


def test_the_same_draft_on_the_same_register_is_asked_once(in_stretches, asha):
    draft = policy.rule_draft(FACES)

    first = simulation_set_off(simulation_start(actor=asha, draft=draft))
    again = simulation_start(actor=asha, draft=draft)

    assert (again.pk, again.state, again.attempts) == (first.pk, SimulationState.DONE, 1)
    assert (again.scanned, again.total, again.percent) == (5, 5, 100)
    assert again.digest == impact(draft).digest == again.document["digest"]
    assert again.document["changed"] == 2


def test_an_edit_voids_what_is_unfinished(asha):
    old = simulation_start(actor=asha, draft=policy.rule_draft(FACES))

    new = simulation_start(actor=asha, draft=policy.rule_draft(FACES, title="Another"))

    old.refresh_from_db()
    assert (old.state, new.state) == (SimulationState.VOIDED, SimulationState.QUEUED)
    simulation_go(str(old.pk))
    old.refresh_from_db()
    assert (old.state, old.attempts) == (SimulationState.VOIDED, 0)


def test_another_register_voids_what_was_worked_out(in_stretches, asha):
    draft = policy.rule_draft(FACES)
    old = simulation_set_off(simulation_start(actor=asha, draft=draft))
    listings.listing(task="emotion-recognition")
    reassess()
    assert not is_current(old)

    new = simulation_set_off(simulation_start(actor=asha, draft=draft))

    old.refresh_from_db()
    assert (old.state, new.state) == (SimulationState.VOIDED, SimulationState.DONE)
    assert new.document["changed"] == 3


def test_one_person_does_not_void_anothers(asha):
    bilal = institutions.actor(institutions.person("Bilal"))
    draft = policy.rule_draft(FACES)

    hers = simulation_start(actor=asha, draft=draft)
    his = simulation_start(actor=bilal, draft=draft)

    assert hers.pk != his.pk
    assert set(Simulation.objects.values_list("state", flat=True)) == {SimulationState.QUEUED}
    with pytest.raises(SimulationUnknown):
        simulation_of(bilal, hers.pk)


def test_a_large_register_is_left_to_a_worker(
    in_stretches, asha, settings, django_capture_on_commit_callbacks
):
    settings.SIMULATE_AT_ONCE = 4

    with django_capture_on_commit_callbacks(execute=True):
        asked = simulation_set_off(simulation_start(actor=asha, draft=policy.rule_draft(FACES)))
        assert (asked.state, asked.percent) == (SimulationState.QUEUED, 0)

    assert simulation_of(asha, asked.pk).state == SimulationState.DONE


def test_a_worker_that_dies_is_followed_by_another(in_stretches, asha, monkeypatch):
    asked = simulation_start(actor=asha, draft=policy.rule_draft(FACES))

    with monkeypatch.context() as patch:
        patch.setattr(simulations, "_seen", _dies_after_one(simulations._seen))
        with pytest.raises(KeyboardInterrupt):
            simulation_run(simulation_id=asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.scanned, asked.percent) == (SimulationState.RUNNING, 2, 40)
    simulations_resume()  # It moved a moment ago.
    asked.refresh_from_db()
    assert asked.attempts == 1
    stand_still(asked)
    simulations_resume()

    asked.refresh_from_db()
    assert (asked.state, asked.attempts, asked.document["changed"]) == (
        SimulationState.DONE,
        2,
        2,
    )


def _dies_after_one(seen):
    def dies(run, scanned, total):
        if run.scanned or scanned > 2:
            raise KeyboardInterrupt
        seen(run, scanned, total)

    return dies


def stand_still(asked):
    moment = asked.progress_at - dt.timedelta(hours=1)
    Simulation.objects.filter(pk=asked.pk).update(progress_at=moment)


def test_a_draft_at_which_workers_die_is_given_up(asha):
    asked = simulation_start(actor=asha, draft=policy.rule_draft(FACES))

    for _ in range(simulations.MOST_ATTEMPTS):
        simulations._taken(asked.pk)
    stand_still(asked)
    simulations_resume()

    asked.refresh_from_db()
    assert (asked.state, asked.error) == (
        SimulationState.FAILED,
        "Its worker stopped 3 times.",
    )
    again = simulation_start(actor=asha, draft=policy.rule_draft(FACES))
    assert again.pk != asked.pk


def test_only_the_later_of_two_workers_goes_on(in_stretches, asha):
    asked = simulation_start(actor=asha, draft=policy.rule_draft(FACES))
    first, second = simulations._taken(asked.pk), simulations._taken(asked.pk)

    simulations._seen(second, 2, 5)
    with pytest.raises(SimulationTaken):
        simulations._seen(first, 4, 5)
    with pytest.raises(SimulationTaken):
        simulations._close(first, SimulationState.FAILED, error="late")

    asked.refresh_from_db()
    assert (asked.state, asked.scanned) == (SimulationState.RUNNING, 2)


def test_one_that_is_voided_while_it_runs_stops(in_stretches, asha, monkeypatch):
    asked = simulation_start(actor=asha, draft=policy.rule_draft(FACES))
    seen = simulations._seen

    def edited(run, scanned, total):
        simulation_start(actor=asha, draft=policy.rule_draft(FACES, title="Another"))
        seen(run, scanned, total)

    monkeypatch.setattr(simulations, "_seen", edited)
    simulation_go(str(asked.pk))

    asked.refresh_from_db()
    assert (asked.state, asked.document) == (SimulationState.VOIDED, None)


def test_a_register_that_moves_on_beneath_is_asked_once_more(in_stretches, asha, monkeypatch):
    asked = simulation_start(actor=asha, draft=policy.rule_draft(FACES))
    seen = simulations._seen

    def moved(run, scanned, total):
        if scanned == total:
            listings.listing(task="emotion-recognition")
            reassess()
        seen(run, scanned, total)

    monkeypatch.setattr(simulations, "_seen", moved)
    done = simulation_run(simulation_id=asked.pk)

    assert is_current(done)
    assert (done.document["listings"], done.document["changed"]) == (6, 3)


def test_a_fault_of_ours_is_kept(in_stretches, asha, monkeypatch):
    asked = simulation_start(actor=asha, draft=policy.rule_draft(FACES))
    monkeypatch.setattr(simulations, "impact", lambda *_given, **_named: {}["nothing"])

    with pytest.raises(KeyError):
        simulation_run(simulation_id=asked.pk)

    asked.refresh_from_db()
    assert (asked.state, asked.error) == (SimulationState.FAILED, "KeyError: 'nothing'")


def test_a_draft_with_faults_is_not_asked(asha):
    with pytest.raises(RuleRefused):
        simulation_start(actor=asha, draft=policy.rule_draft("listing.tusk == 1", examples=[]))

    assert not Simulation.objects.exists()


def test_who_is_not_in_good_standing_asks_nothing():
    suspended = institutions.actor(institutions.suspended())

    for actor in (ANONYMOUS, suspended):
        with pytest.raises(NotPermitted):
            simulation_start(actor=actor, draft=policy.rule_draft(FACES))

    assert not Simulation.objects.exists()


def test_old_ones_are_let_go(asha):
    asked = simulation_start(actor=asha, draft=policy.rule_draft(FACES))
    Simulation.objects.update(asked_at=asked.asked_at - simulations.KEPT * 2)

    simulations_resume()

    assert not Simulation.objects.exists()
