"""Make many invented listings, the same for the same seed: data of scale, never for people."""

import datetime as dt
import io
import json
import random
from collections.abc import Iterator
from itertools import islice

from django.core.management.base import BaseCommand, CommandParser

from apps.core.actor import OPERATOR
from apps.listings.services import listings_import

SOURCE = "generated"
FILE = 20_000
TASKS = (
    *("text-generation", "image-generation", "face-recognition", "emotion-recognition"),
    *("credit-scoring", "asr", "translation", "medical-diagnosis", "embedding"),
    "object-detection",
)
LICENCES = (
    *("apache-2.0", "mit", "llama3.1", "llama2", "creativeml-openrail-m"),
    *("bigscience-openrail-m", "cc-by-nc-4.0", "", "other"),
)
COUNTRIES = ("IN", "US", "CN", "FR", "DE", "GB", "KR", "BR", "JP", "")
LANGUAGES = ("en", "hi", "fr", "zh", "ta", "bn", "es", "sw")
TAGS = ("nsfw", "age-gate", "audio", "vision", "llm", "agent", "finetune")
EVALUATIONS = ("toxicity", "bias_gap", "redteam", "robustness", "privacy")
FIRST_DAY = dt.date(2024, 7, 1)
MAKERS = 400
WITH_CARD, DERIVED, KNOWN = 0.8, 0.2, 0.7


class Command(BaseCommand):
    help = (
        "Enter N invented listings; the same seed gives the same ones, and again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *args: object, **options: object) -> None:
        count, seed = int(str(options["count"])), int(str(options["seed"]))
        done = 0
        rows = _rows(count, seed)
        while body := "\n".join(json.dumps(row) for row in islice(rows, FILE)):
            run = listings_import(
                actor=OPERATOR,
                organisation=None,
                file_name=f"generated-{seed}-{done}.jsonl",
                body=io.BytesIO(body.encode()),
            )
            done += run.seen
            self.stdout.write(f"{done} rows: {run.listed} listed, {run.unchanged} stood already.")


def _rows(count: int, seed: int) -> Iterator[dict]:
    chance = random.Random(seed)
    for number in range(count):
        maker = int(MAKERS * chance.random() ** 3)
        row = {
            "source": SOURCE,
            "external_id": f"maker-{maker}/model-{seed}-{number}",
            "name": f"Generated {seed}-{number}",
            "provider": f"Generated maker {maker}",
            "provider_country": COUNTRIES[maker % len(COUNTRIES)],
            "licence_text": chance.choice(LICENCES),
            "task": chance.choice(TASKS),
            "languages": chance.sample(LANGUAGES, chance.randint(0, 3)),
            "tags": [tag for tag in TAGS if chance.random() < WITH_CARD / 4],
            "downloads": int(chance.lognormvariate(8, 2.5)),
            "has_model_card": chance.random() < WITH_CARD,
            "evaluations": _evaluations(chance),
            **_known(chance),
        }
        if number and chance.random() < DERIVED:
            parent = chance.randrange(number)
            row["parents"] = [{"name": f"Generated {seed}-{parent}", "kind": "weights"}]
        yield row


def _known(chance: random.Random) -> dict:
    """Return facts that many makers do not give."""
    facts = {
        "params_b": round(chance.lognormvariate(1.5, 1.6), 3),
        "training_flops_log10": round(chance.gauss(22.5, 1.5), 3),
        "human_oversight": chance.random() < WITH_CARD,
    }
    return {name: fact for name, fact in facts.items() if chance.random() < KNOWN}


def _evaluations(chance: random.Random) -> list[dict]:
    """Return up to three results of tests, each some day of two years."""
    return [
        {
            "kind": kind,
            "score": round(chance.betavariate(2, 6), 4),
            "measured_date": (FIRST_DAY + dt.timedelta(chance.randrange(730))).isoformat(),
        }
        for kind in chance.sample(EVALUATIONS, chance.randint(0, 3))
    ]
