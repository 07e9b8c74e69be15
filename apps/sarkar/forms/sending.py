"""How a form is sent to a service, and how its refusal comes back to the form."""

from collections.abc import Callable

from django.forms import Form

from apps.core.errors import DomainError
from apps.sarkar.forms.cases import add_faults


def sent(form: Form, deed: Callable[[], object]) -> bool:
    """Do what a valid form asks for; lay a refusal at its fields. Whether it was done."""
    if not form.is_valid():
        return False
    try:
        deed()
    except DomainError as refused:
        add_faults(form, refused)
        return False
    return True
