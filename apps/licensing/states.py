"""How a licence's name that the register does not know is settled."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable


class NameState(TextChoices):
    """Where an unresolved name stands."""

    WAITING = "waiting", _("Waiting for review")
    SETTLED = "settled", _("Settled: it names a licence of the register")
    SET_ASIDE = "set-aside", _("Set aside: it names no licence")


NAMES = StateTable(
    states=NameState,
    initial=NameState.WAITING,
    moves=(
        Move("settle", NameState.WAITING, NameState.SETTLED, _("clerk")),
        Move("set aside", NameState.WAITING, NameState.SET_ASIDE, _("clerk")),
        Move("settle", NameState.SET_ASIDE, NameState.SETTLED, _("clerk")),
    ),
    main_line=(NameState.WAITING, NameState.SETTLED),
)
