"""For which of a person's organisations a page is."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from apps.bazaar.selectors import organisations_of
from apps.core.errors import NotPermitted
from apps.institutions.auth import person_of
from apps.institutions.models import Organisation
from apps.listings.models import Marketplace
from apps.listings.selectors import marketplaces_of

CHOSEN = "bazaar_organisation"
# In place of an organisation's code: what the person asked in no organisation's name.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose questions are shown, and the organisations whose could be shown instead."""

    id: uuid.UUID
    name: str
    others: tuple[Organisation, ...]
    own: bool


def organisations(request: HttpRequest) -> list[Organisation]:
    """Return the organisations of the person signed in, none of a stranger."""
    if not request.user.is_authenticated:
        return []
    return organisations_of(person_of(request).pk)


def organisation(request: HttpRequest) -> Organisation:
    """Return the organisation for which a page is: the chosen one, else the first by name.

    A choice stands in the address and is remembered. Raises `NotPermitted` for who has none.
    """
    mine = {row.code: row for row in organisations(request)}
    if not mine:
        raise NotPermitted(
            _("This page is for members of an organisation."),
            remedy=_("Register your organisation, or ask one of its owners to invite you."),
        )
    asked = request.GET.get("organisation", "")
    if asked in mine:
        request.session[CHOSEN] = asked
        return mine[asked]
    kept = request.session.get(CHOSEN, "")
    return mine.get(kept) or next(iter(mine.values()))


def asker(request: HttpRequest) -> Asker:
    """Return whose log of questions a page shows: an organisation's, or the person's own."""
    mine = organisations(request)
    if not mine or request.GET.get("organisation") == OWN:
        person = person_of(request)
        return Asker(person.pk, person.name, tuple(mine), own=True)
    chosen = organisation(request)
    others = tuple(one for one in mine if one.pk != chosen.pk)
    return Asker(chosen.pk, chosen.name, others, own=False)


def own_marketplace(request: HttpRequest, slug: str) -> Marketplace:
    """Return one of the organisation's marketplaces; others are not found."""
    return get_object_or_404(marketplaces_of(organisation(request)), slug=slug)
