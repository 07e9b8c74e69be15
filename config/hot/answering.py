"""The callable before Django: `/api/v1/decisions`, asked by anyone without a session.

An answer that was given is kept with the time until which it holds, and given again with the
moment at which it was decided. What is not kept is read and decided by the view's own selectors.
Whatever cannot be answered so, each refusal among it, is Django's.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, InterfaceError, connection
from django.utils import translation
from django.utils.http import quote_etag
from rest_framework.exceptions import ValidationError

from apps.compliance.api.questions import question_of
from apps.compliance.selectors.deciding import answer, holds_until, prepare
from apps.compliance.services import QUESTIONS
from apps.core.errors import DomainError
from config.hot.askers import Asker, Askers
from config.hot.frames import Environ, Frame, Frames, Headers, Start
from config.hot.pieces import Kept, Pieces
from config.hot.watching import Watch

PATH = "/api/v1/decisions"
KEPT = 20_000
FAULTS = (DatabaseError, InterfaceError)
Application = Callable[[Environ, Start], Iterable[bytes]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server is told."""

    status: str
    headers: Headers
    body: bytes


class Hot:
    """Answers decisions; lets everything else through to the application behind it."""

    def __init__(self, through: Application) -> None:
        self.through = through
        self.watch = Watch()
        self.frames = Frames()
        self.askers = Askers()
        self.answers: dict[tuple, Kept] = {}
        self.pieces = Pieces()
        self.generation: int | None = None

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer one request."""
        if not _concerns(environ):
            return self.through(environ, start)
        try:
            answered = self._answered(environ)
        except FAULTS:
            connection.close_if_unusable_or_obsolete()
            answered = None
        except (DomainError, ValidationError):
            answered = None
        if answered is None:
            return self.through(environ, self.frames.learning(environ, start))
        start(answered.status, answered.headers)
        return [answered.body]

    def _answered(self, environ: Environ) -> Answered | None:
        """Return the answer; nothing where it is Django's to give."""
        generation = self.watch.look()
        if generation is None:
            return None
        if generation != self.generation:
            self.generation = generation
            self.answers.clear()
            self.pieces.kept.clear()
            self.askers.forget()
        frame = self.frames.kept.get(self.frames.key(environ, modified=True))
        asker = self.askers.of(environ) if frame else None
        if frame is None or asker is None or not self.askers.may_ask(asker):
            return None
        if environ["REQUEST_METHOD"] == "GET":
            return self._single(environ, asker, frame)
        return self._catalogue(environ, asker, frame)

    def _single(self, environ: Environ, asker: Asker, frame: Frame) -> Answered | None:
        kept = self._kept(environ, asker, frame)
        moment = self.watch.now()
        answered = self._dressed(environ, frame, kept, moment) if kept else None
        if kept and answered:
            self.askers.count(asker)
            QUESTIONS.note(asker.log, moment, kept.lines)
        return answered

    def _catalogue(self, environ: Environ, asker: Asker, frame: Frame) -> Answered | None:
        moment = self.watch.now()
        with translation.override(frame.language):
            told = self.pieces.answered(environ, asker.organisation, moment)
        if told is None:
            return None
        body, pieces = told
        dressed = frame.dress("", body)
        if dressed is None:
            return None
        self.askers.count(asker, len(pieces))
        QUESTIONS.note(asker.log, moment, [line for piece in pieces for line in piece.lines])
        return Answered(frame.status, *dressed)

    def _dressed(
        self, environ: Environ, frame: Frame, kept: Kept, moment: dt.datetime
    ) -> Answered | None:
        if kept.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            bare = self.frames.kept.get(self.frames.key(environ, modified=False))
            dressed = bare and bare.dress(kept.etag, b"")
            return Answered(bare.status, *dressed) if bare and dressed else None
        dressed = frame.dress(kept.etag, kept.at(moment))
        return Answered(frame.status, *dressed) if dressed else None

    def _kept(self, environ: Environ, asker: Asker, frame: Frame) -> Kept | None:
        """Return the answer to the question, decided now where none is kept that still holds."""
        key = (environ.get("QUERY_STRING", ""), asker.organisation, frame.language)
        found = self.answers.get(key)
        if found is not None and found.until is not None and self.watch.now() < found.until:
            return found
        with translation.override(frame.language):
            made = _decided(environ, asker)
        if made is not None and made.until is not None:
            if len(self.answers) >= KEPT:
                self.answers.clear()
            self.answers[key] = made
        return made


def _concerns(environ: Environ) -> bool:
    """Whether a request is of the kind that is answered here."""
    return (
        environ.get("PATH_INFO") == PATH
        and environ["REQUEST_METHOD"] in {"GET", "POST"}
        and not environ.get("HTTP_COOKIE")
        and not environ.get("SCRIPT_NAME")
        and "indent" not in environ.get("HTTP_ACCEPT", "")
    )


def _decided(environ: Environ, asker: Asker) -> Kept | None:
    question = question_of(WSGIRequest(environ).GET, asker.organisation)
    if question.trace:
        return None
    prepared = prepare(question)
    until = holds_until(prepared)
    return Kept.of(question, answer(prepared), quote_etag(prepared.etag), until)
