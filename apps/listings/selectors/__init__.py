"""Reading the register."""

from apps.listings.selectors.drafts import draft_of
from apps.listings.selectors.imports import faults_of, run_of, runs_of, runs_stalled
from apps.listings.selectors.resolving import version_of, version_resolve

__all__ = [
    "draft_of",
    "faults_of",
    "run_of",
    "runs_of",
    "runs_stalled",
    "version_of",
    "version_resolve",
]
