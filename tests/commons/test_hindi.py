"""Hindi: complete for the frame, and for the pages of the loop that people come to first."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

from apps.commons.management.commands.messages_extract import LOCALE, template

COMPLETE = (
    "templates/base.html",
    "templates/frame/header.html",
    "templates/frame/footer.html",
    "templates/commons/home.html",
    "templates/commons/register.html",
    "templates/commons/listing.html",
    "templates/commons/answer.html",
    "templates/commons/standing.html",
    "templates/commons/lineage.html",
    "templates/cotton/outcome.html",
    "templates/commons/comment_rules.html",
    "templates/commons/proposal.html",
    "templates/commons/proposal_aside.html",
    "templates/commons/proposal_impact.html",
    "templates/commons/proposal_parts.html",
    "templates/commons/proposal_review.html",
    "templates/commons/proposal_state.html",
    "templates/commons/proposal_text.html",
    "templates/commons/proposal_voices.html",
    "templates/commons/proposal_write.html",
    "templates/commons/proposals.html",
    "templates/commons/review.html",
    "templates/commons/reviews.html",
    "templates/commons/revision.html",
    "templates/needs/acknowledgement.html",
    "templates/needs/allegation.html",
    "templates/needs/ballot.html",
    "templates/needs/claim.html",
    "templates/needs/duty.html",
    "templates/needs/ending.html",
    "templates/needs/errand.html",
    "templates/needs/lede.html",
    "templates/needs/list.html",
    "templates/needs/mending.html",
    "templates/needs/parked.html",
    "templates/needs/proposal.html",
    "templates/needs/register.html",
    "templates/needs/removal.html",
    "templates/needs/review.html",
    "templates/needs/run.html",
    "templates/needs/soft.html",
    "templates/notices/inbox.html",
    "templates/notices/notice.html",
    "templates/notices/mail/body.txt",
    "templates/notices/mail/subject.txt",
    "templates/samaj/doorway.html",
    "templates/samaj/report.html",
    "templates/samaj/receipt.html",
    "templates/samaj/answers.html",
    "templates/samaj/status.html",
    "apps/cases/errors.py",
    "apps/cases/states.py",
    "apps/proposals/states.py",
    "apps/reviews/states.py",
    "apps/samaj/forms.py",
    "apps/samaj/views/answers.py",
    "apps/samaj/views/reports.py",
    "apps/commons/forms/proposals.py",
    "apps/commons/views/deliberating.py",
    "apps/commons/views/proposing.py",
    "apps/commons/views/reviews.py",
    "apps/commons/words.py",
    "apps/notices/errors.py",
    "apps/notices/forms.py",
    "apps/notices/states.py",
    "apps/notices/views.py",
    "apps/notices/words/cases.py",
    "apps/notices/words/chambers.py",
    "apps/notices/words/register.py",
    "apps/notices/words/values.py",
    "apps/notices/words/wording.py",
    "apps/institutions/offices.py",
    "apps/institutions/sectors.py",
    "apps/commons/selectors/answers.py",
    "apps/commons/selectors/lineage.py",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def hindi() -> Catalog:
    path = Path(LOCALE) / "hi" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale="hi")


def forms(words: str | tuple[str, ...]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def test_first_pages_are_complete_in_hindi(hindi: Catalog) -> None:
    missing = [
        message.id
        for message in template()
        if message.id and any(place in COMPLETE for place, _line in message.locations)
        for known in [hindi.get(message.id, message.context)]
        if known is None or not all(forms(known.string))
    ]

    assert missing == []


def test_translations_keep_their_values(hindi: Catalog) -> None:
    for message in hindi:
        if not message.id or not all(forms(message.string)):
            continue
        known = {name for words in forms(message.id) for name in PLACEHOLDER.findall(words)}
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        for words in forms(message.string):
            assert set(PLACEHOLDER.findall(words)) <= known, message.id
        assert set(PLACEHOLDER.findall(forms(message.string)[-1])) == wanted, message.id


def test_names_of_the_sectors_are_never_translated(hindi: Catalog) -> None:
    assert settings.LANGUAGES[1][0] == "hi"
    for message in hindi:
        for name in ("Samaj", "Sarkar", "Bazaar"):
            if message.id and name in forms(message.id)[0] and all(forms(message.string)):
                assert name in forms(message.string)[0], message.id
