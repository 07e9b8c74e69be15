"""Nothing identifying is public before the company was heard or its time ended; then it is.

Every address that anyone may read, with the pages of the listing, its provider and each act, is
read before a case begins and again while it runs: none may say the names once more than before,
and the pages of the listing and its provider may not say the case's code or title.
"""

import gzip
from collections import Counter
from dataclasses import dataclass

import pytest
from django.http import HttpResponseBase
from django.test import Client

from apps.cases.models import Case
from apps.cases.services import Answer, allegation_send, response_give, review_open, urgent_act
from apps.institutions.models import Organisation, User
from apps.journal.models import Position
from apps.listings.models import Listing
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.authorisation.rows import routes
from tests.factories import cases as make
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db
TITLE = "Portraits of strangers"
UNREAD = ("/accounts/", "/i18n/", "/metrics", "/healthz", "/readyz", "/api/v1/schema/")


@dataclass
class Matter:
    """A listing that nothing else is about, and who keeps it."""

    company: Organisation
    listing: Listing

    @property
    def names(self) -> list[str]:
        """What would tell a reader which listing, provider or company it is."""
        provider = self.listing.provider
        things = (self.listing, provider, self.company)
        return [
            *(thing.name for thing in things),
            *(str(thing.pk) for thing in things),
            self.listing.code,
            self.company.code,
            provider.slug,
        ]


@pytest.fixture
def matter() -> Matter:
    company = institutions.organisation("Kaveri Portrait Works")
    owner = institutions.actor(institutions.owner_of(company))
    listing = listings.listing(
        actor=owner, organisation=company, name="kaveri-portrait-9b", provider="Kaveri Lab"
    )
    settle()
    return Matter(company, Listing.objects.select_related("provider").get(pk=listing.pk))


def read(matter: Matter, case: Case | None = None) -> dict[str, str]:
    """Return what every public address says to a stranger; the lists as long as they come."""
    plain = [
        pattern
        for pattern in routes().values()
        if "<" not in pattern and "(" not in pattern and not pattern.startswith(UNREAD)
    ]
    listing, provider = matter.listing.code, matter.listing.provider.slug
    about = [
        f"/listings/{listing}/",
        f"/providers/{provider}/",
        f"/api/v1/listings/{listing}",
        f"/api/v1/listings/{listing}/standings",
        f"/api/v1/providers/{provider}",
        f"/api/v1/decisions?model={listing}",
        "/api/v1/acts?limit=1000",
        "/search/?q=portrait",
        "/register/?q=portrait",
        "/api/v1/listings?q=portrait",
    ]
    if case is not None:
        about += [
            f"/cases/{case.code}/",
            f"/api/v1/cases/{case.code}",
            f"/proposals/start/?case={case.code}",
            f"/search/?q={case.code}",
        ]
    stranger = Client()
    return {address: _text(stranger.get(address)) for address in [*plain, *about, *_acts()]}


def _text(answer: HttpResponseBase) -> str:
    """Return what an answer says, also of a packed file."""
    content = answer.getvalue()
    packed = answer.headers.get("Content-Type") == "application/gzip"
    return (gzip.decompress(content) if packed else content).decode()


def _acts() -> list[str]:
    numbers = Position.objects.order_by("seq").values_list("seq", flat=True)
    return [address for seq in numbers for address in (f"/acts/{seq}/", f"/api/v1/acts/{seq}")]


def told(texts: dict[str, str], words: list[str]) -> Counter:
    """Count how often each address says each word."""
    return Counter(
        {
            (address, word): text.count(word)
            for address, text in texts.items()
            for word in words
            if word in text
        }
    )


def of_reports(matter: Matter) -> Case:
    placer, holder = make.officer(), make.officer()
    case = make.opened(listing=matter.listing, title=TITLE)
    return make.given(case, placer, holder)


def of_own_motion(matter: Matter) -> Case:
    draft = make.case_draft(
        listing=matter.listing, title=TITLE, questions="Whose portraits are these?"
    )
    return review_open(actor=institutions.actor(make.officer()), draft=draft)


def asked(case: Case) -> None:
    allegation_send(actor=make.held_by(case), case=case, text="Portraits of strangers are drawn.")
    settle()


@pytest.mark.parametrize("begin", [of_reports, of_own_motion])
@pytest.mark.parametrize("way", ["the company answers", "its time ends"])
def test_a_case_names_nobody_before_the_company_was_heard(matter, begin, way, clock):
    before = told(read(matter), matter.names)

    case = begin(matter)
    asked(case)
    texts = read(matter, case)

    while_it_runs = told(texts, matter.names)
    assert {place: times for place, times in while_it_runs.items() if times > before[place]} == {}
    assert told(texts, [TITLE]) == {}
    pages = {place: text for place, text in texts.items() if matter.listing.code in place}
    assert len(pages) == 4
    assert told(pages, [case.code, str(case.pk)]) == {}
    assert Client().get(f"/cases/{case.code}/").status_code == 404
    assert Client().get(f"/api/v1/cases/{case.code}").status_code == 404

    if way == "the company answers":
        speaker = institutions.actor(institutions.owner_of(matter.company))
        answer = Answer(stance="contested", statement="They are not strangers.")
        response_give(actor=speaker, case=case, answer=answer)
    else:
        clock.advance("15 days")
    settle()
    page = Client().get(f"/cases/{case.code}/")
    assert page.status_code == 200
    assert TITLE in page.text
    assert matter.listing.name in page.text
    assert TITLE in Client().get("/cases/").text
    assert matter.listing.code in Client().get(f"/api/v1/cases/{case.code}").text


def test_both_sides_stand_at_equal_rank(matter):
    case = of_reports(matter)
    asked(case)
    speaker = institutions.actor(institutions.owner_of(matter.company))
    response_give(
        actor=speaker,
        case=case,
        answer=Answer(stance="contested", statement="They are not strangers.", confidential="Key."),
    )

    page = Client().get(f"/cases/{case.code}/").text

    sides = page[page.index('id="sides"') :]
    sides = sides[: sides.index("</section>")]
    assert sides.count('<div class="notice') == 2
    assert sides.count("<h3>") == 2
    assert "Portraits of strangers are drawn." in sides
    assert "They are not strangers." in sides
    assert "Key." not in page


def test_an_urgent_act_is_public_at_once_and_its_case_is_not(matter):
    case = of_reports(matter)
    institutions.shift(User.objects.get(pk=case.officer_id))
    urgent_act(
        actor=make.held_by(case),
        case=case,
        outcome=Outcome.SUSPEND,
        jurisdictions=["IN"],
        necessity="People are in danger now.",
    )
    settle()

    texts = read(matter, case)

    assert told(texts, [TITLE]) == {}
    assert Client().get(f"/cases/{case.code}/").status_code == 404
    assert matter.listing.name in texts["/orders/"]
    assert "People are in danger now." in texts["/orders/"]
