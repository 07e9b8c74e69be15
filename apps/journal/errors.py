"""What the journal refuses."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import NotFound


class ActOutsideTransaction(RuntimeError):
    """`record` was called where no transaction holds the change and its act together."""


class SequenceBroken(RuntimeError):
    """A consumer met a gap in `seq`: the sequencer is at fault, and the consumer stands still."""


class ActNotFound(NotFound):
    """No act has this position."""

    code = "act-not-found"
    title = _("The journal has no act at this position.")
