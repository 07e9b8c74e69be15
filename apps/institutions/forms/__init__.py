"""What people and officers fill in."""

from apps.institutions.forms.codes import CodeAgainForm, CodeForm
from apps.institutions.forms.desk import (
    ErasureForm,
    MandateForm,
    OfficeForm,
    OrganisationAnswerForm,
    OrganisationSuspensionForm,
    PersonSuspensionForm,
    SeatForm,
    SeatOfferForm,
    ShiftForm,
)
from apps.institutions.forms.people import (
    InterestForm,
    InvitationForm,
    OrganisationForm,
    ProfileForm,
    SignupForm,
    TokenForm,
    add_refusal,
)

__all__ = [
    "CodeAgainForm",
    "CodeForm",
    "ErasureForm",
    "InterestForm",
    "InvitationForm",
    "MandateForm",
    "OfficeForm",
    "OrganisationAnswerForm",
    "OrganisationForm",
    "OrganisationSuspensionForm",
    "PersonSuspensionForm",
    "ProfileForm",
    "SeatForm",
    "SeatOfferForm",
    "ShiftForm",
    "SignupForm",
    "TokenForm",
    "add_refusal",
]
