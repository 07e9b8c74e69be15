"""Writing to the licence register."""

import uuid
from collections.abc import Mapping

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.core.ids import uuid7
from apps.journal.services import record
from apps.licensing.acts import NameSetAside, NameSettled, NamesMet, RegisterLoaded
from apps.licensing.errors import LicenceAmbiguous
from apps.licensing.loading import register_load
from apps.licensing.models import Edition, Licence, UnresolvedLicence
from apps.licensing.names import name_key, names_nothing
from apps.licensing.permissions import can_settle_names
from apps.licensing.states import NAMES, NameState


@transaction.atomic
def licences_load(*, actor: Actor) -> Edition | None:
    """Load the register's files; return the new edition, `None` where it is loaded already."""
    edition = register_load(
        lambda name: QuerySet(apps.get_model("licensing", name)), loaded_at=now()
    )
    if edition is not None:
        act = RegisterLoaded(subject=edition.id, edition=edition.name, digest=edition.digest)
        record(act, actor=actor)
    return edition


@transaction.atomic
def names_queue(*, actor: Actor, met: Mapping[str, str]) -> int:
    """Put names that did not resolve (text → link) before a person; return how many are new."""
    at = now()
    rows = {
        name_key(text): UnresolvedLicence(
            id=uuid7(), key=name_key(text)[:300], text=text[:300], link=link[:500], met_at=at
        )
        for text, link in met.items()
        if not names_nothing(text)
    }
    known = set(UnresolvedLicence.objects.filter(key__in=list(rows)).values_list("key", flat=True))
    new = [row for key, row in rows.items() if key not in known]
    if not new:
        return 0
    UnresolvedLicence.objects.bulk_create(new, ignore_conflicts=True)
    record(NamesMet(subject=new[0].id, texts=[row.text for row in new]), actor=actor)
    return len(new)


@transaction.atomic
def name_settle(*, actor: Actor, name_id: uuid.UUID, licence: Licence) -> UnresolvedLicence:
    """Say which licence a name means; every later listing under that name resolves to it."""
    name = UnresolvedLicence.objects.select_for_update().get(pk=name_id)
    if not can_settle_names(actor):
        raise NotPermitted(_("Only the clerks of the portal settle what a licence's name means."))
    if licence.ambiguous:
        raise LicenceAmbiguous(field="licence")
    NAMES.move(name, NameState.SETTLED)
    name.licence, name.settled_at = licence, now()
    name.save(update_fields=["state", "licence", "settled_at"])
    record(NameSettled(subject=name.id, text=name.text, licence=licence.id), actor=actor)
    return name


@transaction.atomic
def name_set_aside(*, actor: Actor, name_id: uuid.UUID) -> UnresolvedLicence:
    """Say that a name means no licence of the register."""
    name = UnresolvedLicence.objects.select_for_update().get(pk=name_id)
    if not can_settle_names(actor):
        raise NotPermitted(_("Only the clerks of the portal settle what a licence's name means."))
    NAMES.move(name, NameState.SET_ASIDE)
    name.settled_at = now()
    name.save(update_fields=["state", "settled_at"])
    record(NameSetAside(subject=name.id, text=name.text), actor=actor)
    return name
