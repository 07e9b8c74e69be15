"""What waits for an officer at the state's door."""

import pytest

from apps.institutions.offices import Subject
from apps.listings.services import fact_dispute
from tests.factories import cases, institutions
from tests.factories.listings import version
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    user = institutions.regulator("IN")
    institutions.mandate(user, "IN", Subject.MISUSE)
    return user


def page(client):
    answer = client.get("/sarkar/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_cases_wait_for_their_officer_and_unassigned_ones_for_all(officer):
    report = cases.filed(thing="A homework helper").report
    case = cases.opened(title="Nobody has it", listing=cases.company_listing()[1])
    other = cases.assigned()

    text = page(signed_in(officer))

    assert f'href="/sarkar/cases/reports/{report.pk}/"' in text
    assert f'href="/sarkar/cases/{case.code}/"' in text
    assert "The case has no officer yet." in text
    assert f'href="/sarkar/cases/{other.code}/"' not in text


def test_claims_and_disputes_are_one_row(officer):
    found = version()
    fact_dispute(
        actor=institutions.actor(institutions.person()),
        version=found,
        fact="task",
        statement="It is another.",
        evidence="",
    )

    text = page(signed_in(officer))

    assert "The register waits for a word" in text
    assert "One claim, dispute or name of a licence waits." in text


def test_more_rows_cost_no_more_queries(officer, django_assert_num_queries):
    def two_kinds():
        cases.filed()
        cases.opened(listing=cases.company_listing()[1])

    two_kinds()
    client = signed_in(officer)
    client.get("/sarkar/")
    with django_assert_num_queries(43):
        client.get("/sarkar/")

    for _ in range(3):
        two_kinds()
    with django_assert_num_queries(43):
        client.get("/sarkar/")
