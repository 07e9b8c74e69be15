"""Dates that are for some people alone: what their marketplaces owe, and who is on duty."""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.commons.selectors.dates import MOST, Entry, Span, What, entry
from apps.compliance.models import Acknowledgement
from apps.core.actor import Actor
from apps.institutions.models import DutyShift
from apps.institutions.offices import Office
from apps.institutions.permissions import holds_office
from apps.institutions.selectors import memberships_of
from apps.institutions.selectors.duties import roster, shifts_between
from apps.listings.models import Marketplace


def own_entries(actor: Actor, span: Span) -> list[Entry]:
    """Return the dates that this person has beside the public ones; a stranger has none."""
    if actor.person is None:
        return []
    return [*_owed(actor, span), *_shifts(actor, span)]


def on_duty_shown(actor: Actor) -> list[DutyShift]:
    """Return who is on duty, now and next, for a regulator; nobody for anyone else."""
    if actor.person is None or not holds_office(actor, Office.REGULATOR):
        return []
    return list(roster()[:MOST])


def _owed(actor: Actor, span: Span) -> Iterator[Entry]:
    """Return one date for what a marketplace of the person's owes at one moment."""
    mine = [row.organisation_id for row in memberships_of(actor.person)] if actor.person else []
    rows = Acknowledgement.objects.owed().filter(
        span.of("due_at"), marketplace__organisation__in=mine
    )
    dues = list(
        rows.values("marketplace", "due_at")
        .annotate(times=Count("pk"), name=Min("listing__name"))
        .order_by("due_at", "marketplace")[:MOST]
    )
    markets = Marketplace.objects.in_bulk({due["marketplace"] for due in dues})
    for due in dues:
        market, times = markets[due["marketplace"]], due["times"]
        count = ngettext("%(n)s listing", "%(n)s listings", times) % {"n": times}
        title = f"{market.name}: {due['name'] if times == 1 else count}"
        url = reverse("bazaar:marketplace", args=[market.slug])
        key = f"{market.pk}-{due['due_at'].timestamp():.6f}"
        yield entry(due["due_at"], What.ACKNOWLEDGEMENT, title, url, key)


def _shifts(actor: Actor, span: Span) -> Iterator[Entry]:
    if not holds_office(actor, Office.REGULATOR):
        return
    for row in shifts_between(span.since, span.until).order_by("from_at", "id")[:MOST]:
        place = _("everywhere") if row.jurisdiction == "*" else row.jurisdiction
        title = f"{row.user.name}, {place}"
        for at, what in ((row.from_at, What.DUTY_BEGINS), (row.until_at, What.DUTY_ENDS)):
            if span.holds(at):
                yield entry(at, what, title, "", row.pk)
