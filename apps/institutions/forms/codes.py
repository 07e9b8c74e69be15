"""What people type from their authenticator app."""

from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms

from apps.core.errors import DomainError
from apps.institutions.services import code_spend


class SpentOnce(BaseAuthenticateForm):
    """A code that was right is spent before anyone is let in."""

    def clean_code(self) -> str:
        """Spend the code of an authenticator app; recovery codes allauth spends itself."""
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            try:
                code_spend(authenticator=self.authenticator, code=code)
            except DomainError as refused:
                raise forms.ValidationError(f"{refused.title} {refused.remedy}") from None
        return code


class CodeForm(SpentOnce, AuthenticateForm):
    """The second step of a sign-in."""


class CodeAgainForm(SpentOnce, ReauthenticateForm):
    """The question whether it is still the same person."""
