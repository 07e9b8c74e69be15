"""The offices a person can hold, and the subjects a mandate can name."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Office(TextChoices):
    """A duty given to one person for a time; a chair's and a teller's belong to a chamber."""

    ADMINISTRATOR = "administrator", _("Administrator")
    REGULATOR = "regulator", _("Regulator")
    CLERK = "clerk", _("Clerk")
    REGISTRAR = "registrar", _("Registrar")
    TELLER = "teller", _("Teller")
    CHAIR = "chair", _("Chair")


OF_A_CHAMBER = (Office.CHAIR, Office.TELLER)
SECOND_FACTOR_OFFICES = (Office.ADMINISTRATOR, Office.REGULATOR, Office.CHAIR)


class Subject(TextChoices):
    """What a mandate is about."""

    MODELS = "models", _("models on offer and the rules on them")
    MISUSE = "misuse", _("reports of misuse and their cases")
