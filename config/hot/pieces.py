"""Answers as they are kept, and catalogues put together from them."""

import datetime as dt
import io
import json
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import get_language
from rest_framework.renderers import JSONRenderer

from apps.compliance.api.catalogues import LARGEST as MOST
from apps.compliance.api.catalogues import (
    REFUSED,
    catalogue_answered,
    questions_of,
    refusal_told,
)
from apps.compliance.api.telling import decision_told, moment_told
from apps.compliance.selectors.answers import Decision, Question
from apps.compliance.selectors.catalogues import Matched
from apps.compliance.services import Line
from config.hot.frames import Environ

KEPT = 50_000
# Beyond this Django itself refuses a body.
LARGEST = 2_500_000
JSON = "application/json"
STARTS = tuple(b'%s{"index":%d,' % (b"," if place else b"", place) for place in range(MOST))


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer but for its moment, and until when it holds."""

    etag: str
    body: bytes
    until: dt.datetime | None
    lines: tuple[Line, ...]

    @classmethod
    def of(
        cls, question: Question, decision: Decision, etag: str, until: dt.datetime | None
    ) -> Self:
        """Return what is kept of a decision."""
        told = decision_told(decision)
        body = JSONRenderer().render(told)
        return cls(
            etag, body[: -len(ending(told["decided_at"]))], until, (Line.of(question, decision),)
        )

    def at(self, moment: dt.datetime) -> bytes:
        """Return the whole body, decided at a moment."""
        return self.body + ending(moment_told(moment))


def ending(moment: str) -> bytes:
    """Return the last member of an answer."""
    return f'"decided_at":"{moment}"}}'.encode()


@dataclass(frozen=True, slots=True)
class Piece:
    """One item of a catalogue: what comes before its moment, or a whole refusal."""

    match: str
    body: bytes
    until: dt.datetime | None
    lines: tuple[Line, ...] = ()


class Pieces:
    """The items of catalogues that a worker has answered."""

    def __init__(self) -> None:
        self.kept: dict[tuple[Any, ...], Piece] = {}

    def answered(
        self, environ: Environ, organisation: uuid.UUID | None, moment: dt.datetime
    ) -> tuple[bytes, list[Piece]] | None:
        """Return the answer to a catalogue and its items; nothing where it is Django's to give."""
        items = _items(environ)
        if items is None:
            return None
        asker = (organisation, get_language())
        keys = [_key(item, asker) for item in items]
        found = [self._held(key, moment) for key in keys]
        lacking = [place for place, piece in enumerate(found) if piece is None]
        if lacking:
            asked = {"questions": [items[place] for place in lacking]}
            questions = questions_of(asked, organisation)
            answers = catalogue_answered(questions)
            for place, question, answer in zip(lacking, questions, answers, strict=True):
                piece = found[place] = _piece(question, answer)
                self._keep(keys[place], piece)
        pieces = [piece for piece in found if piece is not None]
        return _together(pieces, moment), pieces

    def _held(self, key: tuple[Any, ...] | None, moment: dt.datetime) -> Piece | None:
        piece = self.kept.get(key) if key else None
        fits = piece is not None and piece.until is not None and moment < piece.until
        return piece if fits else None

    def _keep(self, key: tuple[Any, ...] | None, piece: Piece) -> None:
        if key is None or piece.until is None:
            return
        if len(self.kept) >= KEPT:
            self.kept.clear()
        self.kept[key] = piece


def _items(environ: Environ) -> list[Any] | None:
    """Return what was sent; nothing where Django has to look at it."""
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE") != JSON or not length.isdecimal() or int(length) > LARGEST:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    try:
        data = json.loads(body.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    items = data.get("questions") if isinstance(data, dict) else None
    return items if isinstance(items, list) and 0 < len(items) <= MOST else None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _key(item: Any, asker: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return under what an item is kept; only texts are told apart as they are written."""
    if type(item) is not dict:
        return None
    for value in item.values():
        if type(value) is not str:
            return None
    return (asker, *item.items())


def _piece(question: Question | Exception, answer: Matched | Exception) -> Piece:
    if isinstance(question, Exception):
        return _refusal(question)
    if isinstance(answer, Exception):
        return _refusal(answer)
    kept = Kept.of(question, answer.decision, "", answer.until)
    until = answer.until if answer.decision.trace is None else None
    body = b'"match":"%s","decision":%s' % (answer.match.encode(), kept.body)
    return Piece(answer.match, body, until, kept.lines)


def _refusal(refusal: Exception) -> Piece:
    problem = JSONRenderer().render(refusal_told(refusal))
    body = b'"match":"%s","decision":null,"problem":%s}' % (REFUSED.encode(), problem)
    return Piece(REFUSED, body, None)


def _together(pieces: list[Piece], moment: dt.datetime) -> bytes:
    told = ending(moment_told(moment)) + b',"problem":null}'
    parts = [b'{"decisions":[']
    for start, piece in zip(STARTS, pieces, strict=False):
        parts += (start, piece.body, b"" if piece.match == REFUSED else told)
    found = json.dumps(Counter([piece.match for piece in pieces]), separators=(",", ":"))
    parts.append(b'],"found":%s}' % found.encode())
    return b"".join(parts)
