"""A solver's context is kept, and no answer hangs on what it was asked before."""

from concurrent.futures import ThreadPoolExecutor

from tests.policy.engine.test_proof import reason


def test_a_reason_does_not_hang_on_what_was_asked_before():
    both = "listing.downloads > 5 && listing.downloads < 3 && listing.downloads < 2"
    first = reason(both)
    for number in range(20):
        assert reason(f"listing.downloads > {number}") == ""

    assert first.endswith("the rule can never fire.")
    assert reason(both) == first


def test_threads_ask_at_once():
    """A solver's context is for one thread: each keeps its own."""
    asked = [f"listing.downloads > {n} && listing.downloads < {2 * n}" for n in range(40)]
    alone = [reason(expression) == "" for expression in asked]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: reason(one) == "", asked))

    assert together == alone
    assert set(alone) == {True, False}
