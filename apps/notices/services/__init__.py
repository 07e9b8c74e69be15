"""Writing notices, reading them, sending them by e-mail, and forgetting them."""

from apps.notices.services.forgetting import notices_erase, notices_forget
from apps.notices.services.mailing import mail_choose, mail_send_next, mails_send
from apps.notices.services.reading import (
    notice_read,
    notice_unread,
    notices_read,
    notices_unread,
)
from apps.notices.services.writing import NoticeDraft, notices_write

__all__ = [
    "NoticeDraft",
    "mail_choose",
    "mail_send_next",
    "mails_send",
    "notice_read",
    "notice_unread",
    "notices_erase",
    "notices_forget",
    "notices_read",
    "notices_unread",
    "notices_write",
]
