"""The OpenAPI document as a page shows it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked of the API."""

    method: str
    path: str
    summary: str
    parameters: list[dict[str, Any]]
    body: str
    answers: list[tuple[str, str]]
    open_to_all: bool


@cache
def document() -> dict[str, Any]:
    """Return the document as `/api/v1/schema/` serves it; routes do not change while we run."""
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def operations() -> dict[str, list[Operation]]:
    """Return the operations by their tag."""
    groups: dict[str, list[Operation]] = {}
    for path, item in document()["paths"].items():
        for method in METHODS:
            if method in item:
                tag = item[method].get("tags", ["other"])[0]
                groups.setdefault(tag, []).append(_operation(path, method, item[method]))
    return groups


def _operation(path: str, method: str, found: dict[str, Any]) -> Operation:
    return Operation(
        method=method.upper(),
        path=path,
        summary=found.get("summary") or found.get("description", "").strip(),
        parameters=[_parameter(given) for given in found.get("parameters", [])],
        body=_named(found.get("requestBody", {})),
        answers=[
            (status, _named(answer))
            for status, answer in sorted(found["responses"].items())
            if status.startswith("2")
        ],
        open_to_all={} in found.get("security", [{}]),
    )


def _parameter(given: dict[str, Any]) -> dict[str, Any]:
    schema = given.get("schema", {})
    choices = schema.get("enum") or []
    return {
        "name": given["name"],
        "place": given["in"],
        "required": given.get("required", False),
        "kind": " | ".join(map(str, choices)) or schema.get("format") or schema.get("type", ""),
        "words": given.get("description", ""),
    }


def _named(part: dict[str, Any]) -> str:
    """Return the name of the schema that a body or an answer follows."""
    for media in part.get("content", {}).values():
        schema = media.get("schema", {})
        name = (schema.get("$ref") or schema.get("items", {}).get("$ref", "")).rsplit("/", 1)[-1]
        return name or schema.get("type", "")
    return ""
