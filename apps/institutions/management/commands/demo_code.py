"""Print the second-factor code of the moment of a demonstration account."""

import time

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.errors import DomainError
from apps.institutions.models import User
from apps.institutions.services.demonstration import demo_code

PERIOD = 30


class Command(BaseCommand):
    help = "Print the second-factor code of the moment of a demonstration account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the account's e-mail address")

    def handle(self, *args: object, email: str, **options: object) -> None:
        try:
            user = User.objects.get(email__iexact=email)
            code = demo_code(user=user)
        except User.DoesNotExist:
            raise CommandError(f"No account has the address {email}.") from None
        except Authenticator.DoesNotExist:
            raise CommandError(f"{email} has no authenticator app: no code is asked.") from None
        except DomainError as refused:
            raise CommandError(str(refused.reason)) from None
        left = PERIOD - int(time.time()) % PERIOD
        self.stdout.write(code)
        self.stderr.write(f"Valid for {left} more seconds, for one sign-in.")
