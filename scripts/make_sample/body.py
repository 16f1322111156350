"""What stays still below and behind the head: back hair, neck, shoulders and clothes."""

import numpy as np

from .paint import SCALE, Canvas, blank, ellipse, ribbon, smooth, tint
from .speakers import Look


def paint_body(look: Look, width: int, height: int, origin: tuple[float, float]) -> Canvas:
    """Hair behind the head, neck, shoulders and clothes; the origin is between the eyes at rest."""
    canvas = blank(width, height, origin=origin, scale=SCALE)
    dark = tint(look.hair, 0.62)
    if look.style == "long":
        canvas.fill(
            smooth(
                [
                    (-1.2, -0.2),
                    (-1.32, 1.0),
                    (-1.42, 2.1),
                    (-1.2, 2.6),
                    (1.2, 2.6),
                    (1.42, 2.1),
                    (1.32, 1.0),
                    (1.2, -0.2),
                    (0.0, -1.3),
                ]
            ),
            dark,
        )
    elif look.style in ("bob", "fringe"):
        canvas.fill(
            smooth(
                [
                    (-1.15, 0.0),
                    (-1.22, 0.9),
                    (-1.05, 1.42),
                    (0.0, 1.3),
                    (1.05, 1.42),
                    (1.22, 0.9),
                    (1.15, 0.0),
                    (0.0, -1.2),
                ]
            ),
            dark,
        )
    neck_skin = tint(look.skin, 0.86)
    neck = smooth(
        [
            (-0.52, 0.9),
            (-0.54, 1.5),
            (-0.6, 1.95),
            (-1.2, 2.25),
            (0.0, 3.2),
            (1.2, 2.25),
            (0.6, 1.95),
            (0.54, 1.5),
            (0.52, 0.9),
        ]
    )
    canvas.fill(neck, neck_skin)
    on_neck = canvas.coverage(neck)
    canvas.fill(
        smooth([(-0.7, 1.1), (0.0, 1.98), (0.75, 1.15), (0.0, 0.8)]),
        tint(look.skin, 0.42),
        opacity=0.62,
        blur=0.1,
        inside=on_neck,
    )
    canvas.fill(
        ribbon(np.array([(0.5, 1.2), (0.42, 2.3)]), [0.1, 0.16]),
        tint(look.skin, 0.5),
        opacity=0.4,
        blur=0.08,
        inside=on_neck,
    )
    paint_clothes(canvas, look)
    return canvas


def paint_clothes(canvas: Canvas, look: Look) -> None:
    """A jumper with collar, folds and light from the upper left."""
    collar = [(-0.74, 1.9), (-0.5, 2.12), (0.0, 2.34), (0.5, 2.12), (0.74, 1.9)]
    torso = np.concatenate(
        [
            smooth(
                [
                    (-3.2, 4.6),
                    (-2.75, 2.9),
                    (-2.1, 2.4),
                    (-1.2, 2.14),
                    *collar,
                    (1.2, 2.14),
                    (2.1, 2.4),
                    (2.75, 2.9),
                    (3.2, 4.6),
                ],
                closed=False,
            )
        ]
    )
    canvas.fill(torso, look.clothes)
    cover = canvas.coverage(torso)
    dark, light = tint(look.clothes, 0.55), tint(look.clothes, 1.3)
    canvas.fill(ellipse(-1.5, 2.4, 0.9, 0.22), light, opacity=0.5, blur=0.18, inside=cover)
    canvas.fill(ellipse(1.9, 3.1, 1.0, 0.7), dark, opacity=0.45, blur=0.3, inside=cover)
    canvas.fill(ellipse(0.1, 2.35, 0.7, 0.14), dark, opacity=0.45, blur=0.12, inside=cover)
    for x, lean in ((-1.7, 0.25), (1.6, -0.25), (-0.9, 0.1), (1.0, -0.12)):
        fold = smooth([(x, 2.5), (x + lean * 0.5, 2.9), (x + lean, 3.6)], closed=False)
        canvas.fill(ribbon(fold, [0.01, 0.05, 0.02]), dark, opacity=0.3, blur=0.06, inside=cover)
    band = ribbon(smooth(collar, closed=False), [0.06, 0.065, 0.06])
    canvas.fill(band, tint(look.clothes, 0.82))
    canvas.fill(
        ribbon(smooth([(x, y + 0.05) for x, y in collar], closed=False), [0.012, 0.012]), dark, opacity=0.5, blur=0.015
    )
