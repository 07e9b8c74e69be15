#!/usr/bin/env python
"""The portal's command line."""

import os
import signal
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    if sys.argv[1:2] == ["portal"]:
        # Until it listens itself, Ctrl-C ends it, also where a script has it in the background.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    execute_from_command_line(sys.argv)
