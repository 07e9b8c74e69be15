"""What a listing was made from and what was made from it, as a table and as a picture."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.commons.drawing import Box, Drawing, draw
from apps.core.errors import Text
from apps.listings.models import LineageEdge, Listing
from apps.listings.selectors.listings import ancestry_of, children_of
from apps.listings.states import EdgeKind, EdgeState

DEPTH = 4
MOST = 40
CHILDREN_SHOWN = 5
CHILDREN_LISTED = 200
NAME_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in one box of the picture."""

    box: Box
    name: str
    full_name: str
    note: Text
    here: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line of the picture; a sure line of weights is solid, every other is dashed."""

    path: str
    dashed: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class Lineage:
    """The lines of descent around one listing."""

    ancestors: list[LineageEdge]
    children: list[LineageEdge]
    drawing: Drawing
    labels: list[Label]
    strokes: list[Stroke]

    @property
    def edges(self) -> list[LineageEdge]:
        """All lines, for the table."""
        return [*self.ancestors, *self.children]


def lineage_of(listing: Listing) -> Lineage:
    """Return the lineage of a listing's current version, in a fixed number of queries."""
    ancestors, children = _ancestors(listing), _children(listing)
    shown = [*ancestors, *children[:CHILDREN_SHOWN]]
    pairs: list[tuple[Hashable, Hashable]] = [
        (_parent_key(edge), edge.child.listing_id) for edge in shown
    ]
    more = len(children) - CHILDREN_SHOWN
    if more > 0:
        pairs.append((listing.pk, "more"))
    drawing = draw(pairs)
    kinds: dict[tuple[Hashable, Hashable], LineageEdge] = {
        (_parent_key(edge), edge.child.listing_id): edge for edge in shown
    }
    return Lineage(
        ancestors=ancestors,
        children=children,
        drawing=drawing,
        labels=[_label(box, listing, shown, more) for box in drawing.boxes],
        strokes=[
            _stroke(line.path, kinds.get((line.parent, line.child))) for line in drawing.lines
        ],
    )


def _ancestors(listing: Listing) -> list[LineageEdge]:
    if listing.current is None:
        return []
    found = ancestry_of(listing.current, deepest=DEPTH, most=MOST)
    return [edge for edge, _depth in found if edge.parent_id != listing.pk]


def _children(listing: Listing) -> list[LineageEdge]:
    edges = children_of(listing).exclude(child__listing=listing)
    named = edges.select_related("child__listing", "child__licence", "parent__current__licence")
    return list(named.order_by("child__listing__name", "id")[:CHILDREN_LISTED])


def _parent_key(edge: LineageEdge) -> Hashable:
    return edge.parent_id or edge.parent_name.lower()


def _label(box: Box, listing: Listing, edges: Sequence[LineageEdge], more: int) -> Label:
    if box.key == "more":
        return Label(box, _("%(n)s more") % {"n": more}, "", _("in the table"), here=False)
    for edge in edges:
        if box.key == edge.child.listing_id:
            name, note = edge.child.listing.name, _licence(edge.child)
            return Label(box, _short(name), name, note, here=box.key == listing.pk)
        if box.key == _parent_key(edge) and edge.parent:
            name, note = edge.parent.name, _licence(edge.parent.current)
            return Label(box, _short(name), name, note, here=box.key == listing.pk)
    name = next(edge.parent_name for edge in edges if _parent_key(edge) == box.key)
    bare = name.rsplit("/", 1)[-1]
    return Label(box, _short(bare), name, _("not listed here"), here=False)


def _licence(version: object) -> Text:
    licence = getattr(version, "licence", None)
    return _short(licence.pk) if licence else _("licence unknown")


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def _stroke(path: str, edge: LineageEdge | None) -> Stroke:
    if edge is None:
        return Stroke(path, dashed=True, disputed=False)
    disputed = edge.state == EdgeState.DISPUTED
    return Stroke(path, dashed=disputed or edge.kind != EdgeKind.WEIGHTS, disputed=disputed)
