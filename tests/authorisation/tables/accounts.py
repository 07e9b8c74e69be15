"""Accounts: allauth's addresses. What is one's own needs a session; signing in needs none.

The forms are sent empty here: they come back with their faults (200) and nothing is done. What a
rightly filled one does is proved in `tests/institutions`.
"""

from tests.authorisation.roles import SIGNED_IN, STRANGERS
from tests.authorisation.rows import Answers, Row

NOT_BARRED = STRANGERS | SIGNED_IN
OPEN: Answers = {200: NOT_BARRED}
OWN: Answers = {200: SIGNED_IN}
HOME: Answers = {302: SIGNED_IN}
AGAIN: Answers = {"302 /accounts/2fa/reauthenticate/": SIGNED_IN}
NO_PASSWORD_YET: Answers = {"302 /accounts/password/set/": SIGNED_IN}
NOTHING_THERE: Answers = {404: NOT_BARRED}


def form(answers: Answers, *, anyhow: Answers | None = None) -> Row:
    """A page with a form: allauth takes PUT for POST."""
    return Row(get=answers, post=answers, put=answers, anyhow=anyhow or {})


ROWS: dict[str, Row] = {
    "account_login": form({200: STRANGERS}, anyhow=HOME),
    "account_logout": Row(get={200: SIGNED_IN, 302: STRANGERS}, post={302: NOT_BARRED}),
    "account_inactive": Row(get=OPEN),
    "account_signup": form({200: STRANGERS}, anyhow=HOME),
    "account_reauthenticate": Row(anyhow=AGAIN),
    "account_email": Row(
        get=OWN,
        post={"302 /accounts/email/": SIGNED_IN},
        put={"302 /accounts/email/": SIGNED_IN},
    ),
    "account_email_verification_sent": Row(get=OPEN),
    "account_change_password": Row(anyhow=NO_PASSWORD_YET),
    "account_set_password": form(OWN),
    "account_reset_password": form(OPEN),
    "account_confirm_login_code": Row(anyhow=HOME),
    "account_confirm_email": Row(at={"key": "abc"}, get=OPEN, post=NOTHING_THERE),
    "account_reset_password_from_key_done": Row(get=OPEN),
    "account_reset_password_from_key": Row(at={"uidb36": "1", "key": "abc"}, anyhow=OPEN),
    "account_reset_password_done": Row(get=OPEN),
    "mfa_index": Row(get=OWN),
    "mfa_authenticate": Row(anyhow=HOME),
    "mfa_reauthenticate": form(OWN),
    "mfa_activate_totp": Row(anyhow=AGAIN),
    "mfa_deactivate_totp": Row(anyhow=AGAIN),
    "mfa_view_recovery_codes": Row(get={404: SIGNED_IN}),
    "mfa_generate_recovery_codes": Row(anyhow=AGAIN),
    "mfa_download_recovery_codes": Row(anyhow={404: SIGNED_IN}),
    "usersessions_list": Row(
        get=OWN,
        post={"302 /accounts/sessions/": SIGNED_IN},
        put={"302 /accounts/sessions/": SIGNED_IN},
    ),
    "mfa_list_webauthn": Row(get=OWN),
    "mfa_add_webauthn": Row(anyhow=AGAIN),
    "mfa_remove_webauthn": Row(at={"pk": 1}, anyhow=AGAIN),
    "mfa_edit_webauthn": Row(at={"pk": 1}, anyhow=AGAIN),
    "mfa_login_webauthn": Row(anyhow=HOME),
    "mfa_reauthenticate_webauthn": Row(anyhow=AGAIN),
}
