"""Reading the licence register."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from apps.licensing.errors import LicenceUnknown
from apps.licensing.models import (
    Licence,
    LicenceAlias,
    LicenceRestriction,
    LicenceTerm,
    RestrictionUse,
    UnresolvedLicence,
)
from apps.licensing.names import link_key, name_key, names_nothing
from apps.licensing.states import NameState


@dataclass(frozen=True, slots=True)
class LicenceNames:
    """All spellings at one moment, for resolving many names without a query each."""

    licences: Mapping[str, str]
    ambiguous: frozenset[str]

    def resolve(self, text: str, link: str = "") -> str | None:
        """Return the licence's id, or `None` for a name nobody has resolved.

        A family tag never resolves, nor does a text that names nothing; a known address helps only
        a name that is a name.
        """
        if names_nothing(text):
            return None
        key = name_key(text)
        if key in self.ambiguous:
            return None
        return self.licences.get(key) or (self.licences.get(link_key(link)) if link else None)

    def is_name(self, text: str) -> bool:
        """Whether the text is a name of one licence, so that a person can say which."""
        return not names_nothing(text) and name_key(text) not in self.ambiguous


def licence_names() -> LicenceNames:
    """Return every spelling that the register or a person has given a meaning."""
    aliases = LicenceAlias.objects.values_list("key", "licence_id", "licence__ambiguous")
    known = {key: licence for key, licence, ambiguous in aliases if not ambiguous}
    families = frozenset(key for key, _licence, ambiguous in aliases if ambiguous)
    settled = UnresolvedLicence.objects.filter(state=NameState.SETTLED)
    by_people = {
        key: licence for key, licence in settled.values_list("key", "licence_id") if licence
    }
    return LicenceNames(by_people | known, families)


def licence_resolve(text: str, link: str = "") -> Licence | None:
    """Return the licence that a text names; `None` where it names none that is known."""
    if names_nothing(text):
        return None
    keys = [key for key in (name_key(text), link_key(link)) if key]
    named = LicenceAlias.objects.filter(key__in=keys).select_related("licence")
    found = {alias.key: alias.licence for alias in named}
    if keys and keys[0] in found and found[keys[0]].ambiguous:
        return None
    for key in keys:
        if key in found and not found[key].ambiguous:
            return found[key]
    settled = UnresolvedLicence.objects.filter(key__in=keys, state=NameState.SETTLED)
    return next((row.licence for row in settled.select_related("licence")), None)


def licence(slug: str) -> Licence:
    """Return one licence with its restrictions and terms; raise `LicenceUnknown`."""
    found = licences().filter(id=slug).first() if "\x00" not in slug else None
    if found is None:
        raise LicenceUnknown(field="id")
    return found


def licences() -> QuerySet[Licence]:
    """Return all licences with what stands in force of their restrictions and terms."""
    return Licence.objects.prefetch_related(
        Prefetch(
            "restrictions",
            LicenceRestriction.objects.filter(ended_date=None)
            .select_related("restriction")
            .order_by("restriction_id"),
        ),
        Prefetch(
            "terms",
            LicenceTerm.objects.filter(ended_date=None).select_related("term").order_by("term_id"),
        ),
    )


def uses_forbidden(licence_id: str, day: dt.date) -> list[str]:
    """Return the published uses that a licence forbids on a day, sorted."""
    return uses_forbidden_by([licence_id], day).get(licence_id, [])


def uses_forbidden_by(licence_ids: Iterable[str], day: dt.date) -> dict[str, list[str]]:
    """Return the uses that each of several licences forbids on a day, in two queries."""
    codes = LicenceRestriction.objects.filter(
        _standing(day), licence_id__in=list(licence_ids)
    ).values_list("licence_id", "restriction_id")
    uses: dict[str, set[str]] = {}
    for code, use in _uses_on(day).values_list("restriction_id", "use"):
        uses.setdefault(code, set()).add(use)
    forbidden: dict[str, set[str]] = {}
    for licence_id, code in codes:
        forbidden.setdefault(licence_id, set()).update(uses.get(code, ()))
    return {licence_id: sorted(names) for licence_id, names in forbidden.items()}


def conditions_of(licence_id: str, day: dt.date) -> list[LicenceRestriction]:
    """Return the restrictions that forbid no published use by name: they bind as conditions."""
    named = _uses_on(day).values("restriction_id")
    rows = LicenceRestriction.objects.filter(_standing(day), licence_id=licence_id)
    return list(
        rows.exclude(restriction_id__in=named)
        .select_related("restriction")
        .order_by("restriction_id")
    )


def names_waiting() -> QuerySet[UnresolvedLicence]:
    """Return the names that wait for a person, oldest first."""
    return UnresolvedLicence.objects.filter(state=NameState.WAITING).order_by("met_at", "id")


def _standing(day: dt.date) -> Q:
    return Q(ended_date=None) | Q(ended_date__gt=day)


def _uses_on(day: dt.date) -> QuerySet[RestrictionUse]:
    until = Q(valid_until=None) | Q(valid_until__gt=day)
    return RestrictionUse.objects.filter(until, valid_from__lte=day)
