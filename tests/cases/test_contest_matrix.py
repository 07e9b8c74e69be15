"""Every state by event by role of a contest and its stay: who may do what when."""

import pytest
from django.db import transaction

from apps.cases.models import Contest, ContestStay
from apps.cases.selectors.contests import contest_by_code
from apps.cases.services import Ruling, contest_file, contest_rule, contest_withdraw, stay_decide
from apps.compliance.models import Exemption
from apps.core.actor import ANONYMOUS, OPERATOR, SYSTEM
from apps.core.errors import DomainError
from apps.institutions.offices import Office, Subject
from apps.institutions.services import conflict_declare
from apps.journal.models import RecordedAct
from tests.factories import contests as make
from tests.factories import institutions

pytestmark = pytest.mark.django_db

COVERING = {"regulator", "regulator everywhere"}


def seen():
    return (
        RecordedAct.objects.count(),
        [
            list(model.objects.order_by("pk").values())
            for model in (Contest, ContestStay, Exemption)
        ],
    )


def tried(roles, event):
    """Who succeeds; every success is taken back, every refusal left no trace."""
    before, able = seen(), set()
    for role, actor in roles.items():
        with transaction.atomic():
            try:
                with transaction.atomic():
                    event(actor)
            except DomainError:
                assert seen() == before, role
            else:
                able.add(role)
            transaction.set_rollback(True)
    return able


def everyone(listing, author, officer):
    interested = institutions.regulator("IN")
    conflict_declare(
        actor=institutions.actor(interested), interest="A share.", organisation=listing.brought_by
    )
    other = institutions.organisation()
    users = {
        "person": institutions.person(),
        "regulator": institutions.regulator("IN"),
        "regulator everywhere": institutions.regulator("*"),
        "regulator of another place": institutions.regulator("FR"),
        "regulator for misuse": institutions.regulator("IN", Subject.MISUSE),
        "regulator with an interest": interested,
        "suspended regulator": institutions.suspended(institutions.regulator("IN")),
        "who entered the rule": author,
        "who decided the stay": officer,
        "company": institutions.owner_of(listing.brought_by),
        "another company": institutions.owner_of(other),
        "clerk": institutions.officer(Office.CLERK),
    }
    weak = institutions.actor(institutions.regulator("IN"), second_factor=False)
    return {role: institutions.actor(user) for role, user in users.items()} | {
        "regulator without second factor": weak,
        "anonymous": ANONYMOUS,
        "portal": SYSTEM,
        "operator": OPERATOR,
    }


# Who entered the rule may decide a stay of it, and then, as before, not the contest.
STAYING = COVERING | {"who entered the rule", "who decided the stay"}
ALLOWED = {
    "filed": {
        "file": {"company"},
        "withdraw": {"company"},
        "rule": COVERING | {"who decided the stay"},
    },
    "stay asked": {
        "file": {"company"},
        "withdraw": {"company"},
        "stay": STAYING,
        "rule": COVERING | {"who decided the stay"},
    },
    "stay granted": {"file": {"company"}, "withdraw": {"company"}, "rule": COVERING},
    "stay refused": {"file": {"company"}, "withdraw": {"company"}, "rule": COVERING},
    "upheld": {"file": {"company"}},
    "rejected": {"file": {"company"}},
    "withdrawn": {"file": {"company"}},
}


def brought(state, contest, officer):
    """Bring a contest to a state by the services."""
    if state.startswith("stay ") and state != "stay asked":
        make.stayed(contest, officer, granted=state == "stay granted")
    elif state in {"upheld", "rejected"}:
        make.ruled(contest, upheld=state == "upheld")
    elif state == "withdrawn":
        contest_withdraw(actor=make.speaker(contest.listing), contest=contest)
    return contest_by_code(contest.code)


@pytest.mark.parametrize("state", ALLOWED)
def test_who_may_do_what_with_a_contest(state):
    author, officer = institutions.regulator("IN"), institutions.regulator("IN")
    listing, version = make.caught(author)
    stay = "It cannot wait." if state.startswith("stay") else ""
    contest = brought(state, make.filed(listing, version, stay=stay), officer)
    roles = everyone(listing, author, officer)
    another = make.draft(ground="exemption")
    events = {
        "file": lambda actor: contest_file(
            actor=actor, listing=listing, rule_version=version, draft=another
        ),
        "withdraw": lambda actor: contest_withdraw(actor=actor, contest=contest),
        "stay": lambda actor: stay_decide(
            actor=actor, contest=contest, granted=True, reasons="Yes."
        ),
        "rule": lambda actor: contest_rule(
            actor=actor, contest=contest, ruling=Ruling(upheld=False, reasons="No.")
        ),
    }

    able = {name: tried(roles, event) for name, event in events.items()}

    assert able == {name: ALLOWED[state].get(name, set()) for name in events}
