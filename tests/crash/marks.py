"""By which statement each transaction of the chain is known, and the acts it leads to."""

MARKS = {
    "closing": 'INSERT INTO "voting_tally"',
    "enacting": 'INSERT INTO "policy_ruleversion"',
    "starting": 'UPDATE "policy_ruleversion"',
    "standings": "insert into compliance_standing",
    "telling": 'INSERT INTO "notices_notice"',
}
KINDS = (
    "voting.ballot.closed",
    "proposals.proposal.concluded",
    "policy.rule.started",
    "compliance.standings.changed",
)
