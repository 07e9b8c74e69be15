"""The picture of how concentrated the register is."""

from dataclasses import dataclass

from apps.listings.selectors.concentration import LayerFigures, Share, concentration_layers

WIDTH = 600


@dataclass(frozen=True, slots=True)
class Stretch:
    """One of the largest owners as a stretch of a layer's bar."""

    share: Share
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class LayerBar:
    """One layer: its figures, and the stretches of its largest owners."""

    figures: LayerFigures
    stretches: tuple[Stretch, ...]

    @property
    def others(self) -> int:
        """How many owners the bar does not name."""
        return self.figures.measured.participants - len(self.stretches)

    @property
    def others_amount(self) -> int:
        """What those have together."""
        return self.figures.measured.total - sum(share.amount for share in self.figures.largest)

    @property
    def others_percent(self) -> float:
        """The same in percent."""
        return round(100 * self.others_amount / self.figures.measured.total, 1)


def layer_bars() -> list[LayerBar]:
    """Return each layer as a bar whose whole width is the whole layer."""
    return [LayerBar(figures, tuple(_stretches(figures))) for figures in concentration_layers()]


def _stretches(figures: LayerFigures) -> list[Stretch]:
    found, x = [], 0.0
    for share in figures.largest:
        width = WIDTH * share.amount / figures.measured.total
        found.append(Stretch(share, round(x, 1), round(width, 1)))
        x += width
    return found
