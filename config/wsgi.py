"""What a WSGI server calls."""

import os

from config.embedded.lifeline import end_with_supervised_parent

end_with_supervised_parent()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - a slow import; life comes first

from config.checks import refuse_owner  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django = get_wsgi_application()

from apps.compliance.services import QUESTIONS  # noqa: E402 - it needs the apps, ready only now
from config.hot import Hot  # noqa: E402 - the same

application = Hot(django)
refuse_owner()
QUESTIONS.begin()
