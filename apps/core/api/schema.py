"""The OpenAPI document says which problems each operation can answer with."""

from typing import Any

from django.db.models import CharField, TextField
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction
from rest_framework.fields import Field, URLField
from rest_framework.serializers import Serializer

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "remedy": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "reason", "remedy"],
                "properties": {
                    "field": {"type": "string"},
                    "reason": {"type": "string"},
                    "remedy": {"type": "string"},
                    "line": {"type": "integer", "minimum": 1},
                    "column": {"type": "integer", "minimum": 1},
                },
            },
        },
    },
}
WORDS = {
    "400": "What was sent is not valid.",
    "401": "Nobody is signed in, or the token is not known.",
    "403": "The role or scope is missing.",
    "404": "There is no such thing.",
    "405": "This address has no such method.",
    "406": "This address cannot answer in the form asked for.",
    "409": "The present state refuses it.",
    "413": "More was sent than one request may carry.",
    "415": "Only JSON is read here.",
    "429": "Too many requests; see Retry-After.",
}


class ProblemSchema(AutoSchema):
    """drf-spectacular's schema with the problem documents that every operation may answer."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Add the problems that are not declared by the view itself."""
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        responses = operation.setdefault("responses", {})
        for status, words in WORDS.items():
            if status in {"413", "415"} and self.method in {"GET", "HEAD", "OPTIONS"}:
                continue
            responses.setdefault(status, _problem_response(words))
        return operation

    def _map_basic_serializer(self, serializer: Serializer, direction: Direction) -> dict[str, Any]:
        """Say of an answer that a text may be empty where its column may be."""
        schema = super()._map_basic_serializer(serializer, direction)
        told = schema.get("properties", {}) if direction == "response" else {}
        for name, field in serializer.fields.items():
            if name in told and _may_be_empty(field):
                told[name] = _or_empty(told[name])
        return schema


def _may_be_empty(field: Field) -> bool:
    if getattr(field, "allow_blank", False) or isinstance(field, URLField):
        return True
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    table = model._meta.concrete_fields if model else ()  # noqa: SLF001 - Django documents `_meta`
    column = {column.name: column for column in table}.get(field.source)
    return isinstance(column, CharField | TextField) and column.blank


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in schema.items() if name not in {"format", "pattern"}}
    if "enum" in told and "" not in told["enum"]:
        told["enum"] = [*told["enum"], ""]
    return told


def _problem_response(words: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {"application/problem+json": {"schema": PROBLEM}},
    }
