"""Painting in face units: antialiased, soft-edged shapes blended onto a premultiplied RGBA canvas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Points = np.ndarray[Any, np.dtype[np.float64]]  # (corners, 2) in face units
Colour = tuple[int, int, int]

SUBPIXEL_BITS = 4
SCALE = 150.0  # pixels per face unit, at twice the size of the finished picture


def tint(colour: Colour, factor: float) -> Colour:
    """The colour made darker (factor < 1) or lighter, towards white (factor > 1)."""
    if factor <= 1:
        red, green, blue = (int(channel * factor) for channel in colour)
    else:
        red, green, blue = (int(255 - (255 - channel) * (2 - factor)) for channel in colour)
    return red, green, blue


def smooth(corners: Sequence[tuple[float, float]], *, closed: bool = True, steps: int = 12) -> Points:
    """Catmull-Rom curve through the corners, with so many steps between two of them."""
    knots = np.asarray(corners, dtype=float)
    before = np.roll(knots, 1, axis=0)
    after, beyond = np.roll(knots, -1, axis=0), np.roll(knots, -2, axis=0)
    if not closed:
        before[0], after[-1], beyond[-1], beyond[-2] = knots[0], knots[-1], knots[-1], knots[-1]
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    p0, p1, p2, p3 = (points[:, None, :] for points in (before, knots, after, beyond))
    curve = p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)))
    flat: Points = curve.reshape(-1, 2)
    return flat if closed else flat[: -steps + 1]


def shifted(outline: Points, x: float, y: float) -> Points:
    """The same outline, moved."""
    moved: Points = outline + np.array((x, y))
    return moved


def ellipse(x: float, y: float, width: float, height: float, steps: int = 40) -> Points:
    """Closed outline around (x, y); width and height are half-axes."""
    angle = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    return np.stack([x + width * np.cos(angle), y + height * np.sin(angle)], axis=1)


def ribbon(line: Points, widths: Sequence[float]) -> Points:
    """Outline of a stroke along the line whose half-width runs through the widths."""
    along = np.gradient(line, axis=0)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9
    stops = np.linspace(0, 1, len(widths))
    half = np.interp(np.linspace(0, 1, len(line)), stops, widths)[:, None]
    return np.concatenate([line + normal * half, (line - normal * half)[::-1]])


@dataclass(frozen=True)
class Canvas:
    """Premultiplied RGBA pixels (height, width, 4) with an origin and a scale in pixels per face unit."""

    pixels: Pixels
    origin: tuple[float, float]
    scale: float

    def copy(self) -> "Canvas":
        """The same picture on its own pixels."""
        return Canvas(self.pixels.copy(), self.origin, self.scale)

    def grid(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """x and y of every pixel in face units."""
        height, width = self.pixels.shape[:2]
        y, x = np.mgrid[:height, :width].astype(np.float32)
        return (x - self.origin[0]) / self.scale, (y - self.origin[1]) / self.scale

    def mask(self, outline: Points, blur: float = 0) -> tuple[slice, slice, NDArray[np.float32]]:
        """Coverage 0..1 of the shape and the rows and columns it lies in; blur in face units."""
        points = shifted(outline * self.scale, *self.origin)
        margin = int(3 * blur * self.scale) + 2
        height, width = self.pixels.shape[:2]
        left, top = np.clip(np.floor(points.min(axis=0)).astype(int) - margin, 0, (width - 1, height - 1))
        right, bottom = np.clip(np.ceil(points.max(axis=0)).astype(int) + margin, (left + 1, top + 1), (width, height))
        cover = np.zeros((bottom - top, right - left), np.uint8)
        fixed = np.round((points - (left, top)) * 2**SUBPIXEL_BITS).astype(np.int32)
        cv2.fillPoly(cover, [fixed], (255,), cv2.LINE_AA, SUBPIXEL_BITS)
        if blur > 0:
            cover = cv2.GaussianBlur(cover, (0, 0), blur * self.scale).astype(np.uint8)
        return slice(top, bottom), slice(left, right), cover.astype(np.float32) / np.float32(255)

    def fill(
        self,
        outline: Points,
        colour: Colour,
        *,
        opacity: float = 1,
        blur: float = 0,
        inside: NDArray[np.float32] | None = None,
    ) -> None:
        """Blend the shape over the picture, only where `inside` (coverage of the whole canvas) allows."""
        rows, columns, cover = self.mask(outline, blur)
        if inside is not None:
            cover = cover * inside[rows, columns]
        self.blend(rows, columns, cover * opacity, colour)

    def blend(self, rows: slice, columns: slice, cover: NDArray[np.float32], colour: Colour) -> None:
        """Blend one colour over a part of the picture with coverage 0..1."""
        part = self.pixels[rows, columns].astype(np.float32)
        target = np.array([*colour, 255], np.float32)
        self.pixels[rows, columns] = (part + (target - part) * cover[..., None] + 0.5).astype(np.uint8)

    def coverage(self, outline: Points, blur: float = 0) -> NDArray[np.float32]:
        """Coverage 0..1 of the shape over the whole canvas."""
        rows, columns, cover = self.mask(outline, blur)
        whole = np.zeros(self.pixels.shape[:2], np.float32)
        whole[rows, columns] = cover
        return whole


def blank(width: int, height: int, *, origin: tuple[float, float], scale: float) -> Canvas:
    """A fully transparent canvas."""
    return Canvas(np.zeros((height, width, 4), np.uint8), origin, scale)
