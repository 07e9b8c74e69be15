"""Make many invented listings, the same for the same seed: data of scale, never for people."""

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
TASKS = ("text-generation", "translation", "image-generation", "embedding", "object-detection")
LICENCES = ("apache-2.0", "mit", "llama3.1", "creativeml-openrail-m", "cc-by-nc-4.0", "", "other")
COUNTRIES = ("IN", "US", "CN", "FR", "DE", "GB", "KR", "BR", "JP", "")
LANGUAGES = ("en", "hi", "fr", "zh", "ta", "bn", "es", "sw")
MAKERS = 400
WITH_CARD, DERIVED = 0.8, 0.2


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
            "params_b": round(chance.lognormvariate(1.5, 1.6), 3),
            "downloads": int(chance.lognormvariate(8, 2.5)),
            "has_model_card": chance.random() < WITH_CARD,
        }
        if number and chance.random() < DERIVED:
            parent = chance.randrange(number)
            row["parents"] = [{"name": f"Generated {seed}-{parent}", "kind": "weights"}]
        yield row
