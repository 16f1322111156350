"""Soft, out-of-focus places behind the speakers, one kind for each scenario."""

import cv2
import numpy as np
from numpy.typing import NDArray

from .paint import Canvas, Colour, blank, ellipse

PALETTES: dict[str, tuple[Colour, Colour, tuple[Colour, ...]]] = {  # top, bottom, lights
    "interview": ((206, 200, 190), (150, 140, 130), ((255, 244, 220), (120, 96, 76), (94, 112, 110))),
    "vlog": ((246, 226, 204), (206, 168, 140), ((255, 250, 236), (236, 178, 138), (126, 160, 126))),
    "drama": ((58, 70, 98), (116, 92, 96), ((246, 190, 126), (220, 140, 96), (80, 96, 136))),
    "talk_show": ((44, 40, 88), (98, 58, 118), ((140, 160, 255), (236, 120, 190), (96, 200, 236))),
    "film": ((36, 62, 70), (92, 98, 88), ((246, 206, 140), (90, 150, 154), (210, 130, 90))),
    "variety": ((252, 200, 96), (242, 128, 120), ((255, 240, 170), (120, 205, 210), (255, 150, 170))),
}
BLUR = 13


def paint_backdrop(scenario: str, width: int, height: int, chance: np.random.Generator) -> NDArray[np.uint8]:
    """RGB picture (height, width, 3) of the scenario's place."""
    top, bottom, lights = PALETTES[scenario]
    canvas = blank(width, height, origin=(0, 0), scale=1)
    canvas.pixels[..., 3] = 255
    fade = np.linspace(0, 1, height)[:, None, None]
    canvas.pixels[..., :3] = (np.array(top) * (1 - fade) + np.array(bottom) * fade).astype(np.uint8)
    if scenario in ("interview", "vlog"):
        paint_shelves(canvas, lights, chance)
    else:
        paint_lights(canvas, lights, chance)
    soft = cv2.GaussianBlur(canvas.pixels[..., :3], (0, 0), BLUR)
    return vignette(soft.astype(np.uint8))


def paint_shelves(canvas: Canvas, colours: tuple[Colour, ...], chance: np.random.Generator) -> None:
    """A bright window on one side, shelves with books on the other."""
    height, width = canvas.pixels.shape[:2]
    canvas.fill(np.array([(60, 40), (390, 40), (390, 520), (60, 520)], float), colours[0], opacity=0.85)
    canvas.fill(np.array([(218, 40), (232, 40), (232, 520), (218, 520)], float), colours[1], opacity=0.45)
    for shelf in range(130, 640, 150):
        canvas.fill(
            np.array([(860, shelf), (width, shelf), (width, shelf + 14), (860, shelf + 14)], float),
            colours[1],
            opacity=0.8,
        )
        left = 875.0
        while left < width - 20:
            wide, tall = chance.uniform(16, 44), chance.uniform(60, 112)
            colour = colours[int(chance.integers(len(colours)))]
            canvas.fill(
                np.array([(left, shelf), (left, shelf - tall), (left + wide, shelf - tall), (left + wide, shelf)]),
                colour,
                opacity=0.7,
            )
            left += wide + chance.uniform(2, 30)
    canvas.fill(np.array([(0, 610), (width, 610), (width, height), (0, height)], float), colours[1], opacity=0.35)


def paint_lights(canvas: Canvas, colours: tuple[Colour, ...], chance: np.random.Generator) -> None:
    """Large pools of colour and small discs, as a lens makes of distant lamps."""
    height, width = canvas.pixels.shape[:2]
    for _ in range(8):
        x, y, size = chance.uniform(0, width), chance.uniform(0, height), chance.uniform(140, 280)
        canvas.fill(ellipse(x, y, size, size), colours[int(chance.integers(len(colours)))], opacity=0.22, blur=60)
    for _ in range(26):
        x, y, size = chance.uniform(0, width), chance.uniform(0, height * 0.8), chance.uniform(14, 46)
        canvas.fill(
            ellipse(x, y, size, size), colours[int(chance.integers(len(colours)))], opacity=chance.uniform(0.25, 0.7)
        )


def vignette(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Darker towards the corners."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[:height, :width]
    far = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2)[..., None]
    darkened: NDArray[np.uint8] = (picture * (1 - 0.55 * far)).astype(np.uint8)
    return darkened
