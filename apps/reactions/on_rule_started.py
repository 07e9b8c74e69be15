"""Work out again what an adopted rule changes, as it begins."""

from apps.core.actor import SYSTEM
from apps.journal.selectors import JournalAct
from apps.journal.services import caused_by, consumer_of
from apps.policy.models import RuleVersion
from apps.proposals.models import Proposal
from apps.proposals.services import commencement_record


def commence(act: JournalAct) -> None:
    """Hold an adopted rule against what was shown before the vote; twice does no harm."""
    for version in RuleVersion.objects.filter(pk=act.payload["version"]).select_related("rule"):
        for proposal in Proposal.objects.filter(enacted=version):
            with caused_by(act.seq):
                commencement_record(actor=SYSTEM, proposal=proposal, version=version)


IMPACTS_RECOMPUTED = consumer_of("proposals.commencements", {"policy.rule.started": commence})
