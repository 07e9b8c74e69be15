"""What the rule register refuses."""

from collections.abc import Sequence
from typing import Self

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, FieldFault, Invalid, NotFound, Text
from apps.policy.engine import RuleError


class DraftFault(FieldFault):
    """One fault of a draft, that can say its place in words too."""

    __slots__ = ()

    @classmethod
    def of(cls, field: str, error: RuleError) -> Self:
        """Return what the engine refuses as the fault of a field."""
        return cls(field, error.reason, error.remedy, error.line, error.column)

    @property
    def sentence(self) -> Text:
        """The reason, with its place where it has one."""
        if not self.line:
            return self.reason
        return _("Line %(line)s, column %(column)s: %(reason)s") % {
            "line": self.line,
            "column": self.column,
            "reason": self.reason,
        }


class RuleRefused(Invalid):
    """A draft has faults; `draft_faults` names each with its place."""

    code = "rule-refused"
    title = _("The rule cannot be entered as it stands.")
    reason = _("Some parts of the draft have faults.")
    remedy = _("Mend each fault named here, then send it again.")

    def __init__(self, faults: Sequence[DraftFault]) -> None:
        self.draft_faults = list(faults)
        super().__init__(faults=faults)


class TemplateUnknown(NotFound):
    """No template valid today has this name."""

    code = "template-unknown"
    title = _("There is no such template.")
    reason = _("No template that is valid today has this name.")
    remedy = _("Choose one from the list beside the empty form.")


class RuleNotFound(NotFound):
    """No rule has this code, or no version this number."""

    code = "rule-not-found"
    title = _("There is no such rule.")


class NotAnInstrument(Conflict):
    """Only a statutory instrument is entered and ended by a regulator."""

    code = "not-an-instrument"
    title = _("This rule was not made by a regulator.")
    remedy = _("The procedure that adopted it can change or end it.")


class KindFixed(Conflict):
    """A new version has the kind of its rule."""

    code = "kind-fixed"
    title = _("A new version cannot change what kind of rule this is.")


class NotBegun(Conflict):
    """Only what is in force can be taken back."""

    code = "not-begun"
    title = _("Only a version in force can be taken back.")
    remedy = _("Withdraw one that has not begun; one that has ended runs no more.")


class StayOver(Conflict):
    """What has ended by itself is not ended again."""

    code = "rule-stay-over"
    title = _("The time of this stay is over.")


class RuleStayed(Conflict):
    """A stay is the chairs' own to end."""

    code = "rule-stayed"
    title = _("Two chairs stayed this rule.")
    remedy = _("They lift the stay, or the answer to its notice does.")


class DivergenceUnknown(NotFound):
    """No notice of divergence has this code."""

    code = "divergence-unknown"
    title = _("There is no such notice.")


class StayUnknown(NotFound):
    """No chair has asked for a stay on this notice."""

    code = "rule-stay-unknown"
    title = _("No chair has asked for a stay on this notice.")


class DivergenceOpen(Conflict):
    """One person has one open notice on a clause."""

    code = "divergence-open"
    title = _("Your notice on this clause waits for its answer already.")


class ClauseUnknown(Invalid):
    """The version has no clause of this number."""

    code = "clause-unknown"
    title = _("This version has no such clause.")
    remedy = _("Name one of its clauses, or none for the whole.")


class NothingToStay(Conflict):
    """Only a version that binds is stayed, on a notice that was not rejected."""

    code = "nothing-to-stay"
    title = _("There is nothing to stay.")
    remedy = _("A stay needs a version in force that warns or binds, and a notice not rejected.")


class StayOpen(Conflict):
    """One stay of a version waits for its second chair at a time."""

    code = "rule-stay-open"
    title = _("A stay of this version waits for its second chair already.")
