"""What the crash proof collects, and what it finds wrong with it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import psycopg

from config.embedded.cluster import Cluster

CONSUMERS = ("crash.counting", "crash.failing")
ACTS = """
select a.id, s.seq, a.subject::text, a.payload ->> 'token', (a.payload ->> 'version')::int
from journal_act a left join journal_seq s on s.act_id = a.id
where a.kind = 'crash.thing.turned' order by a.id
"""


@dataclass(frozen=True)
class TurnedAct:
    """One act as it stands in the journal; `seq` is None where it was never numbered."""

    id: int
    seq: int | None
    subject: str
    token: str
    version: int


@dataclass
class Evidence:
    """Everything that is known after the storm."""

    acts: list[TurnedAct]
    seqs: list[int]
    effects: dict[str, list[int]]
    versions: dict[str, int]
    acknowledged: set[str] = field(default_factory=set)
    fed: list[int] = field(default_factory=list)


def collect(cluster: Cluster, acknowledged: set[str], fed: list[int]) -> Evidence:
    """Read the evidence from the database."""
    with psycopg.connect(cluster.conninfo(database="sangam")) as link:
        acts = [TurnedAct(*row) for row in link.execute(ACTS)]
        seqs = [row[0] for row in link.execute("select seq from journal_seq order by seq")]
        effects = defaultdict(list)
        for consumer, seq in link.execute("select consumer, seq from crash_effect order by id"):
            effects[consumer].append(seq)
        versions = dict(link.execute("select id::text, version from crash_thing").fetchall())
    return Evidence(acts, seqs, dict(effects), versions, acknowledged, fed)


def faults(evidence: Evidence) -> list[str]:
    """Return every broken promise, in words; none is as it must be."""
    return [
        *_lost(evidence), *_gaps(evidence), *_order(evidence), *_effects(evidence), *_feed(evidence)
    ]  # fmt: skip


def _lost(evidence: Evidence) -> list[str]:
    tokens = Counter(act.token for act in evidence.acts)
    lost = evidence.acknowledged - tokens.keys()
    twice = [token for token, count in tokens.items() if count > 1]
    unnumbered = [act.id for act in evidence.acts if act.seq is None]
    return [
        *(f"acknowledged and lost: {token}" for token in sorted(lost)),
        *(f"stands twice: {token}" for token in twice),
        *(f"never numbered: act {number}" for number in unnumbered),
    ]


def _gaps(evidence: Evidence) -> list[str]:
    whole = list(range(1, len(evidence.seqs) + 1))
    return [] if evidence.seqs == whole else ["seq has a gap or a double"]


def _order(evidence: Evidence) -> list[str]:
    turned = defaultdict(list)
    for act in sorted(evidence.acts, key=lambda act: act.seq or 0):
        turned[act.subject].append(act.version)
    wrong = [one for one, versions in turned.items() if versions != sorted(versions)]
    torn = [one for one, version in evidence.versions.items() if version != len(turned[one])]
    return [
        *(f"numbered out of order: {one}" for one in wrong),
        *(f"row and acts disagree: {one}" for one in torn),
    ]


def _effects(evidence: Evidence) -> list[str]:
    found = []
    subject = {act.seq: act.subject for act in evidence.acts}
    for consumer in CONSUMERS:
        seqs = evidence.effects.get(consumer, [])
        if sorted(seqs) != evidence.seqs:
            found.append(f"{consumer} did not answer each act once")
        answered = defaultdict(list)
        for seq in seqs:
            answered[subject.get(seq)].append(seq)
        answered.pop(None, None)
        if any(own != sorted(own) for own in answered.values()):
            found.append(f"{consumer} answered a subject out of order")
    return found


def _feed(evidence: Evidence) -> list[str]:
    return [] if evidence.fed == evidence.seqs else ["the feed missed or repeated an act"]
