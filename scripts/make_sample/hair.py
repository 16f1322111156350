"""The hair in front of the head: outline by style, strands, gloss and the shadow it throws."""

import numpy as np
from numpy.typing import NDArray

from .paint import Canvas, Points, ellipse, ribbon, shifted, smooth, tint
from .speakers import HairStyle, Look

HAIRLINES: dict[HairStyle, list[tuple[float, float]]] = {
    "short": [
        (-1.0, 0.0),
        (-0.93, -0.42),
        (-0.72, -0.72),
        (-0.3, -0.82),
        (0.2, -0.8),
        (0.66, -0.74),
        (0.92, -0.42),
        (1.0, 0.0),
    ],
    "parted": [
        (-1.0, 0.05),
        (-0.94, -0.4),
        (-0.7, -0.66),
        (-0.42, -0.92),
        (0.0, -0.72),
        (0.5, -0.62),
        (0.9, -0.38),
        (1.0, 0.05),
    ],
    "bob": [
        (-0.93, 1.1),
        (-0.9, 0.5),
        (-0.9, -0.2),
        (-0.66, -0.68),
        (-0.2, -0.9),
        (0.3, -0.74),
        (0.8, -0.36),
        (0.92, 0.3),
        (0.92, 1.1),
    ],
    "long": [
        (-0.96, 1.3),
        (-0.93, 0.5),
        (-0.92, -0.1),
        (-0.62, -0.66),
        (0.0, -0.98),
        (0.62, -0.66),
        (0.92, -0.1),
        (0.93, 0.5),
        (0.96, 1.3),
    ],
    "bun": [(-1.0, 0.0), (-0.95, -0.36), (-0.66, -0.82), (0.0, -0.98), (0.66, -0.82), (0.95, -0.36), (1.0, 0.0)],
    "fringe": [
        (-0.94, 0.95),
        (-0.9, 0.3),
        (-0.84, -0.3),
        (-0.56, -0.5),
        (0.0, -0.54),
        (0.56, -0.5),
        (0.84, -0.3),
        (0.9, 0.3),
        (0.94, 0.95),
    ],
}
HAIR_TIPS: dict[HairStyle, tuple[float, float]] = {  # where the outer outline ends at each side
    "short": (1.07, 0.05),
    "parted": (1.08, 0.1),
    "bob": (1.22, 1.15),
    "long": (1.2, 1.35),
    "bun": (1.05, 0.05),
    "fringe": (1.16, 1.0),
}


def hair_shape(style: HairStyle) -> Points:
    """Outer outline over the crown and back along the hairline."""
    tip_x, tip_y = HAIR_TIPS[style]
    side = [(1.13, -0.35), (1.0, -0.95), (0.62, -1.36)]
    if style in ("bob", "long", "fringe"):
        side = [(1.24, 0.45), (1.2, -0.35), (1.04, -0.98), (0.62, -1.36)]
    outer = [(tip_x, tip_y), *side, (0.0, -1.5), *((-x, y) for x, y in reversed(side)), (-tip_x, tip_y)]
    return np.concatenate([smooth(outer, closed=False), smooth(HAIRLINES[style], closed=False)])


def paint_hair(canvas: Canvas, look: Look, inside: NDArray[np.float32]) -> None:
    """The hair in front, its shadow on the forehead, strands and gloss."""
    shape = hair_shape(look.style)
    canvas.fill(shifted(shape, 0.02, 0.06), tint(look.skin, 0.45), opacity=0.5, blur=0.05, inside=inside)
    canvas.fill(shape, look.hair)
    cover = canvas.coverage(shape)
    if look.style == "bun":
        bun = ellipse(0.0, -1.52, 0.4, 0.3)
        canvas.fill(bun, tint(look.hair, 0.9))
        canvas.fill(ellipse(-0.1, -1.62, 0.2, 0.08), tint(look.hair, 1.3), opacity=0.5, blur=0.06)
        canvas.fill(ellipse(0.0, -1.3, 0.42, 0.08), tint(look.hair, 0.4), opacity=0.6, blur=0.06, inside=cover)
    paint_strands(canvas, look, cover)
    canvas.fill(
        ribbon(smooth([(-0.8, -0.92), (-0.45, -1.2), (0.0, -1.28), (0.45, -1.2)], closed=False), [0.01, 0.09, 0.01]),
        tint(look.hair, 1.45),
        opacity=0.42,
        blur=0.07,
        inside=cover,
    )


def paint_strands(canvas: Canvas, look: Look, cover: NDArray[np.float32]) -> None:
    """Fine lighter and darker lines that run from the parting outwards and down."""
    chance = np.random.default_rng(len(look.style))
    part = -0.42 if look.style in ("parted", "bob") else 0.0
    for _ in range(220):
        side, reach = chance.choice((-1, 1)), chance.uniform(0.08, 1.2)
        around = np.linspace(chance.uniform(0.02, 0.5), chance.uniform(1.1, 1.57), 9)
        over = [(part * np.cos(angle) + side * reach * np.sin(angle), -0.35 - 1.1 * np.cos(angle)) for angle in around]
        fall = [(side * reach * 1.01, chance.uniform(0.0, 1.3))] if reach > 0.85 else []
        line = smooth([*over, *fall], closed=False, steps=5)
        shade = chance.choice((0.5, 0.7, 1.08, 1.17))
        canvas.fill(ribbon(line, [0.002, 0.008, 0.002]), tint(look.hair, shade), opacity=0.42, blur=0.004, inside=cover)
