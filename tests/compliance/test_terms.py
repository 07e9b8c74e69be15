from apps.compliance.terms import NOTHING, Bond, Ground, Held, terms

EVERYTHING = Bond(frozenset({"instrument", "policy", "code"}), None)
INDIA = Bond(frozenset({"instrument", "policy", "code"}), frozenset({"IN"}))
STATUTES = Bond(frozenset({"instrument"}), None)
SUSPENDED = Ground("a", 3, "instrument")
RESTRICTED = Ground("b", 2, "policy")
MEASURED = Ground("m", 3, None)


def held(*grounds, uses=(), places=()):
    return Held(uses, frozenset(places), grounds)


def test_nothing_binds_where_no_ground_is_enforced():
    assert terms([held()], EVERYTHING) == NOTHING
    assert terms([held(Ground("a", 0, "instrument"))], EVERYTHING) == NOTHING


def test_the_strictest_outcome_of_any_use_and_place_counts():
    found = terms([held(RESTRICTED), held(RESTRICTED, SUSPENDED, places=["IN"])], EVERYTHING)

    assert found.outcome == 3


def test_a_marketplace_is_bound_by_its_kinds_of_rules_only():
    standings = [held(RESTRICTED), held(RESTRICTED, SUSPENDED, places=["IN"])]

    assert terms(standings, STATUTES) != terms(standings, EVERYTHING)
    assert terms([held(RESTRICTED)], STATUTES) == NOTHING


def test_a_measure_binds_whatever_its_kind():
    assert terms([held(MEASURED)], STATUTES).outcome == 3


def test_a_marketplace_is_bound_in_its_places_only():
    in_france = [held(), held(SUSPENDED, places=["FR"])]
    in_india = [held(), held(SUSPENDED, places=["IN", "FR"])]

    assert terms(in_france, INDIA) == NOTHING
    assert terms(in_india, INDIA) == terms([held(), held(SUSPENDED, places=["IN"])], INDIA)


def test_the_same_outcomes_have_one_digest_however_they_are_grouped():
    together = [held(), held(SUSPENDED, places=["FR", "IN"])]
    apart = [held(), held(SUSPENDED, places=["FR"]), held(SUSPENDED, places=["IN"])]
    said_twice = [*together, held(SUSPENDED, uses=("medical",), places=["IN"])]

    assert terms(together, EVERYTHING) == terms(apart, EVERYTHING)
    assert terms(together, EVERYTHING) == terms(said_twice, EVERYTHING)


def test_a_place_let_off_is_a_change():
    everywhere, let_off = [held(SUSPENDED)], [held(SUSPENDED), held(places=["IN"])]

    assert terms(everywhere, EVERYTHING).digest != terms(let_off, EVERYTHING).digest


def test_another_ground_of_the_same_outcome_is_a_change():
    one, two = [held(SUSPENDED)], [held(SUSPENDED, MEASURED)]

    assert terms(one, EVERYTHING).outcome == terms(two, EVERYTHING).outcome
    assert terms(one, EVERYTHING).digest != terms(two, EVERYTHING).digest
