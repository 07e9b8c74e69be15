"""A marketplace that asks before each download: `DOWNLOAD /models/<name>?use=…&place=…` by WSGI.

Run it with any WSGI server: `granian --interface wsgi wsgi_shop:application`.
"""

import json
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

from sangam_client import Decision, Keeper

EVERY = 60.0


def shop(keeper: Keeper) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """Return the shop that decides by what a keeper holds."""

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked = parse_qs(environ.get("QUERY_STRING", ""))
        name = unquote(environ["PATH_INFO"]).removeprefix("/models/")
        use, place = asked.get("use", ["general"])[0], asked.get("place", ["*"])[0]
        status, told = answer(keeper, name, use, place)
        start(status, [("Content-Type", "application/json")])
        return [json.dumps(told).encode()]

    return application


def answer(keeper: Keeper, name: str, use: str, place: str) -> tuple[str, dict[str, Any]]:
    """Return the status and the words of one download."""
    if keeper.table is None:
        return "503 Service Unavailable", {"refused": "The rules are not known yet."}
    try:
        decision = keeper.table.decide(name, use, place)
    except KeyError as error:
        return "400 Bad Request", {"refused": f"{error} is no use or place of the portal."}
    if not decision.may_be_offered:
        return "451 Unavailable For Legal Reasons", refusal(decision)
    conditions = [demand.text for demand in decision.conditions]
    return "200 OK", {"download": name, "conditions": conditions}


def refusal(decision: Decision) -> dict[str, Any]:
    """Return why not, and where that is contested."""
    return {
        "refused": decision.outcome,
        "reasons": [{"text": one.text, "link": one.link} for one in decision.reasons],
        "contest": decision.contest,
    }


def keep_up(keeper: Keeper, stop: threading.Event) -> None:
    """Bring the bundle up to date again and again; what is held stays where that fails."""
    while not stop.is_set():
        try:
            keeper.refresh()
        except Exception as error:  # noqa: BLE001 - an older bundle is better than none
            print(f"The portal's bundle was not read: {error}")  # noqa: T201
        stop.wait(EVERY)


if "SANGAM_PORTAL" in os.environ:
    kept = Keeper(
        os.environ["SANGAM_PORTAL"],
        json.loads(os.environ["SANGAM_KEYS"]),
        Path(os.environ.get("SANGAM_FOLDER", "var/sangam")),
    )
    threading.Thread(target=keep_up, args=(kept, threading.Event()), daemon=True).start()
    application = shop(kept)
