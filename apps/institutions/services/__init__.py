"""Changing who is who: each service locks, permits, checks, changes and records."""

from apps.institutions.services.codes import code_spend
from apps.institutions.services.conflicts import conflict_declare, conflict_withdraw
from apps.institutions.services.demonstration import demo_code, demo_second_factor
from apps.institutions.services.duties import shift_end, shift_enter
from apps.institutions.services.founding import ChamberDraft, CharterDraft, portal_found
from apps.institutions.services.invitations import (
    Offer,
    invitation_accept,
    invitation_send,
    invitation_withdraw,
)
from apps.institutions.services.offices import (
    mandate_end,
    mandate_grant,
    office_end,
    office_grant,
    seat_appoint,
    seat_vacate,
)
from apps.institutions.services.organisations import (
    membership_add,
    membership_end,
    organisation_confirm,
    organisation_refuse,
    organisation_register,
    organisation_restore,
    organisation_suspend,
)
from apps.institutions.services.people import (
    erasure_carry_out,
    erasure_refuse,
    erasure_request,
    erasure_withdraw,
    person_register,
    person_restore,
    person_suspend,
    profile_change,
)
from apps.institutions.services.tokens import IssuedToken, token_issue, token_revoke

__all__ = [
    "ChamberDraft",
    "CharterDraft",
    "IssuedToken",
    "Offer",
    "code_spend",
    "conflict_declare",
    "conflict_withdraw",
    "demo_code",
    "demo_second_factor",
    "erasure_carry_out",
    "erasure_refuse",
    "erasure_request",
    "erasure_withdraw",
    "invitation_accept",
    "invitation_send",
    "invitation_withdraw",
    "mandate_end",
    "mandate_grant",
    "membership_add",
    "membership_end",
    "office_end",
    "office_grant",
    "organisation_confirm",
    "organisation_refuse",
    "organisation_register",
    "organisation_restore",
    "organisation_suspend",
    "person_register",
    "person_restore",
    "person_suspend",
    "portal_found",
    "profile_change",
    "seat_appoint",
    "seat_vacate",
    "shift_end",
    "shift_enter",
    "token_issue",
    "token_revoke",
]
