"""What notices refuse."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import NotFound


class NoticeUnknown(NotFound):
    """No notice to this person has this id."""

    code = "notice-unknown"
    title = _("There is no such notice to you.")
    remedy = _("Go to your inbox.")


class NoticeIncomplete(ValueError):
    """A reaction gave no value for a word of the notice: a programmer's mistake, never a user's."""
