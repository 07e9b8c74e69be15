"""The same marketplace by ASGI: deciding takes no time worth leaving the loop for."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from sangam_client import Keeper
from wsgi_shop import answer

Send = Callable[[dict[str, Any]], Awaitable[None]]


def shop(keeper: Keeper) -> Callable[[dict[str, Any], Any, Send], Awaitable[None]]:
    """Return the shop that decides by what a keeper holds."""

    async def application(scope: dict[str, Any], receive: Any, send: Send) -> None:  # noqa: ARG001
        if scope["type"] != "http":
            return
        asked = parse_qs(scope["query_string"].decode())
        name = scope["path"].removeprefix("/models/")
        use, place = asked.get("use", ["general"])[0], asked.get("place", ["*"])[0]
        status, told = answer(keeper, name, use, place)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": int(status[:3]), "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(told).encode()})

    return application
