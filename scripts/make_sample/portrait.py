"""The still layer of a head: skin with its shading, ears, nose and hair, and how far each part stands out."""

import cv2
import numpy as np
from numpy.typing import NDArray

from .hair import paint_hair
from .paint import SCALE, Canvas, Colour, Points, blank, ellipse, ribbon, smooth, tint
from .speakers import Look

HEAD_SIZE = (640, 700)  # width, height of the head's own canvas
HEAD_ORIGIN = (320.0, 300.0)  # between the eyes


def face_outline(jaw: float) -> Points:
    """Hairline, cheekbones, jaw and chin."""
    right = [
        (0.62, -0.98),
        (0.93, -0.55),
        (1.0, -0.05),
        (0.99, 0.35),
        (0.9 * jaw, 0.8),
        (0.7 * jaw, 1.18),
        (0.34 * jaw, 1.5),
    ]
    left = [(-x, y) for x, y in reversed(right)]
    return smooth([(0.0, -1.12), *right, (0.0, 1.59), *left])


def paint_head(look: Look) -> Canvas:
    """Skin with its shading, ears, nose and hair, without eyes, brows and mouth."""
    canvas = blank(*HEAD_SIZE, origin=HEAD_ORIGIN, scale=SCALE)
    face = face_outline(look.jaw)
    paint_ears(canvas, look)
    canvas.fill(face, look.skin)
    inside = canvas.coverage(face)
    shade_volume(canvas, inside)
    shade_skin(canvas, look, inside)
    paint_nose(canvas, look)
    if look.beard:
        paint_stubble(canvas, look, inside)
    paint_hair(canvas, look, inside)
    return canvas


def shade_volume(canvas: Canvas, inside: NDArray[np.float32]) -> None:
    """Light an ellipsoid from the upper left, so that the flat skin becomes a round face."""
    x, y = canvas.grid()
    nx, ny = x / 1.2, (y - 0.2) / 1.75
    nz = np.sqrt(np.clip(1 - nx**2 - ny**2, 0.02, 1))
    light = np.clip(-0.34 * nx - 0.32 * ny + 0.88 * nz, 0, 1)
    gain = (0.62 + 0.42 * light)[..., None] * np.array([1.0, 0.985, 0.965], np.float32) ** (2.2 * (1 - light))[
        ..., None
    ]
    gain = 1 + (gain - 1) * inside[..., None]
    canvas.pixels[..., :3] = np.clip(canvas.pixels[..., :3] * gain, 0, 255).astype(np.uint8)


def shade_skin(canvas: Canvas, look: Look, inside: NDArray[np.float32]) -> None:
    """Eye sockets, cheeks, forehead, chin and temples."""
    deep, warm, bright = tint(look.skin, 0.72), blush(look), tint(look.skin, 1.55)
    for side in (-1, 1):
        canvas.fill(ellipse(side * 0.42, -0.07, 0.34, 0.17), deep, opacity=0.34, blur=0.09, inside=inside)
        canvas.fill(ellipse(side * 0.22, -0.02, 0.09, 0.14), deep, opacity=0.3, blur=0.07, inside=inside)
        canvas.fill(ellipse(side * 0.44, 0.2, 0.24, 0.05), deep, opacity=0.16, blur=0.05, inside=inside)
        canvas.fill(ellipse(side * 0.62, 0.5, 0.28, 0.2), warm, opacity=0.3, blur=0.14, inside=inside)
        canvas.fill(ellipse(side * 0.56, 0.3, 0.2, 0.07), bright, opacity=0.2, blur=0.08, inside=inside)
        canvas.fill(ellipse(side * 0.94, 0.75, 0.16, 0.5), deep, opacity=0.34, blur=0.12, inside=inside)
    canvas.fill(ellipse(-0.08, -0.58, 0.42, 0.16), bright, opacity=0.26, blur=0.14, inside=inside)
    canvas.fill(ellipse(0.0, 1.3, 0.16, 0.09), bright, opacity=0.2, blur=0.07, inside=inside)
    canvas.fill(ellipse(0.0, 1.6, 0.6, 0.1), deep, opacity=0.35, blur=0.09, inside=inside)


def blush(look: Look) -> Colour:
    """The skin's colour where blood shows through."""
    red, green, blue = look.skin
    return red, int(green * 0.76), int(blue * 0.72)


def paint_ears(canvas: Canvas, look: Look) -> None:
    """Both ears with rim and shell shadow; hair may cover them later."""
    for side in (-1, 1):
        rim = smooth(
            [
                (side * x, y)
                for x, y in [(0.95, -0.12), (1.08, -0.18), (1.13, 0.02), (1.07, 0.32), (0.98, 0.46), (0.93, 0.3)]
            ]
        )
        canvas.fill(rim, tint(look.skin, 0.93 if side < 0 else 0.84))
        shell = smooth(
            [(side * x, y) for x, y in [(1.0, -0.06), (1.07, -0.06), (1.07, 0.1), (1.02, 0.3), (0.99, 0.16)]]
        )
        canvas.fill(shell, tint(look.skin, 0.66), opacity=0.55, blur=0.025)


def paint_nose(canvas: Canvas, look: Look) -> None:
    """Bridge light, side shadow, tip, wings and nostrils."""
    deep, bright = tint(look.skin, 0.66), tint(look.skin, 1.7)
    shadow = smooth([(0.09, -0.1), (0.12, 0.2), (0.2, 0.44), (0.23, 0.56), (0.1, 0.5), (0.05, 0.15)])
    canvas.fill(shadow, deep, opacity=0.42, blur=0.045)
    left = smooth([(-0.1, -0.08), (-0.11, 0.18), (-0.17, 0.42), (-0.12, 0.45), (-0.07, 0.15)])
    canvas.fill(left, deep, opacity=0.2, blur=0.045)
    canvas.fill(
        ribbon(smooth([(-0.015, -0.1), (-0.02, 0.2), (-0.02, 0.46)], closed=False), [0.02, 0.03, 0.05]),
        bright,
        opacity=0.4,
        blur=0.03,
    )
    canvas.fill(ellipse(0.02, 0.68, 0.2, 0.05), deep, opacity=0.5, blur=0.05)
    for side in (-1, 1):
        wing = smooth([(side * 0.2, 0.46), (side * 0.235, 0.55), (side * 0.2, 0.63)], closed=False)
        canvas.fill(ribbon(wing, [0.004, 0.018, 0.004]), deep, opacity=0.6, blur=0.014)
        canvas.fill(ellipse(side * 0.095, 0.628, 0.058, 0.026), tint(look.skin, 0.3), opacity=0.75, blur=0.014)
    tip = smooth([(-0.15, 0.635), (-0.05, 0.665), (0.05, 0.665), (0.15, 0.635)], closed=False)
    canvas.fill(ribbon(tip, [0.003, 0.01, 0.003]), deep, opacity=0.6, blur=0.012)
    canvas.fill(ellipse(-0.03, 0.5, 0.06, 0.045), bright, opacity=0.55, blur=0.03)
    canvas.fill(ribbon(np.array([(0.0, 0.71), (0.0, 0.82)]), [0.03, 0.045]), deep, opacity=0.22, blur=0.025)


def paint_stubble(canvas: Canvas, look: Look, inside: NDArray[np.float32]) -> None:
    """A short beard on lip, jaw and chin."""
    beard = smooth(
        [
            (-1.02, 0.5),
            (-0.8, 0.78),
            (-0.45, 0.8),
            (0.0, 0.74),
            (0.45, 0.8),
            (0.8, 0.78),
            (1.02, 0.5),
            (0.9, 1.2),
            (0.0, 1.7),
            (-0.9, 1.2),
        ]
    )
    canvas.fill(beard, tint(look.hair, 0.62), opacity=0.42 * look.beard, blur=0.07, inside=inside)


def depth_of_head() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How far each pixel of the head's canvas stands out (for turning), and how far the jaw moves it (for speaking)."""
    x, y = blank(*HEAD_SIZE, origin=HEAD_ORIGIN, scale=SCALE).grid()
    bulge = np.sqrt(np.clip(1 - (x / 1.15) ** 2 - ((y - 0.1) / 1.75) ** 2, 0, 1))
    nose = 0.45 * np.exp(-((x / 0.17) ** 2) - ((y - 0.45) / 0.26) ** 2)
    jaw = 1 / (1 + np.exp(-(y - 1.2) / 0.07)) * np.exp(-((x / 0.75) ** 4))
    depth = cv2.GaussianBlur((bulge + nose).astype(np.float32), (0, 0), 5)
    return depth.astype(np.float32), jaw.astype(np.float32)
