"""The OpenAPI document says which problems each operation can answer with."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

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
            if status == "415" and self.method in {"GET", "HEAD", "OPTIONS"}:
                continue
            responses.setdefault(status, _problem_response(words))
        return operation


def _problem_response(words: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {"application/problem+json": {"schema": PROBLEM}},
    }
