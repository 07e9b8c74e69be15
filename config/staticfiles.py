"""Which static files are served: ours, and of the libraries' only those that a page names."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFiles(StaticFilesConfig):
    """Leave out what belongs to pages that the portal does not have."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("rest_framework", "guardian", "ext", "htmx-2.js", "htmx-4*", "htmax-4*"),
    ]
