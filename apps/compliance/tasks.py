"""What the alarm clock keeps fresh."""

from celery import shared_task

from apps.compliance.services.bundles import bundle_refresh


@shared_task(name="compliance.bundle_refresh")
def refresh() -> None:
    """Build a new bundle where anything changed since the last."""
    bundle_refresh()
