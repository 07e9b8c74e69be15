"""The family of refusals: each names what happened, why, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field's fault; `field` is empty where the whole request is meant.

    In a text of several lines `line` and `column` begin at 1; they are 0 where none is meant.
    """

    field: str
    reason: Text
    remedy: Text = ""
    line: int = 0
    column: int = 0


class DomainError(Exception):
    """A refusal by a rule of the portal.

    Subclasses set `status` (HTTP), `code` (the problem's type, kebab case) and `title`, and may
    set `reason` and `remedy` for all their instances.
    """

    status = 409
    code = "refused"
    title: Text = _("The request was refused.")
    reason: Text = ""
    remedy: Text = ""

    def __init__(
        self,
        reason: Text = "",
        *,
        remedy: Text = "",
        field: str = "",
        faults: Sequence[FieldFault] = (),
    ) -> None:
        self.reason = reason or self.reason or self.title
        self.remedy = remedy or self.remedy
        self.faults = list(faults)
        if field:
            self.faults.append(FieldFault(field, self.reason, self.remedy))
        super().__init__(str(self.reason))


class Invalid(DomainError):
    """What was sent cannot be understood or breaks a rule of form."""

    status = 400
    code = "invalid"
    title = _("What was sent is not valid.")


class NotPermitted(DomainError):
    """The actor may not do this."""

    status = 403
    code = "not-permitted"
    title = _("You may not do this.")
    remedy = _("Sign in with an account that holds the role, or ask someone who does.")


class SecondFactorNeeded(NotPermitted):
    """The role demands a second factor that this session does not have."""

    code = "second-factor-needed"
    title = _("This role needs a second factor.")
    remedy = _("Set up an authenticator app or a passkey, then sign in with it.")


class NotFound(DomainError):
    """There is no such thing, or none that the actor may see."""

    status = 404
    code = "not-found"
    title = _("There is nothing here.")
    remedy = _("Check the address or the reference code.")


class Conflict(DomainError):
    """The request is well formed but meets a state that refuses it."""

    code = "conflict"
    title = _("This cannot be done in the present state.")


class MoveRefused(Conflict):
    """A state table has no such move."""

    code = "move-refused"
    title = _("This step is not possible from here.")
