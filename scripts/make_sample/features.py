"""The moving features of a face: eyes, brows and mouth, painted for one moment's expression."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .paint import Canvas, Points, ellipse, ribbon, shifted, smooth, tint
from .speakers import Look

EYE_X, EYE_HALF_WIDTH = 0.43, 0.225
MOUTH_Y, MOUTH_HALF_WIDTH = 0.99, 0.33
ARC = np.linspace(-1, 1, 41)
LASHES = (34, 24, 24)


@dataclass(frozen=True)
class Expression:
    """One moment of a face; smile -1..1, eyelids 0 (shut) .. 1.25 (wide), the rest 0..1 or -1..1 around rest."""

    smile: float = 0.0
    mouth_open: float = 0.0
    eyelids: float = 1.0
    brow_raise: float = 0.0
    brow_frown: float = 0.0
    gaze: tuple[float, float] = (0.0, 0.0)


def paint_features(head: Canvas, look: Look, expression: Expression) -> Canvas:
    """A copy of the head with the expression on it."""
    canvas = head.copy()
    for side in (-1, 1):
        paint_eye(canvas, look, expression, side)
        paint_brow(canvas, look, expression, side)
    paint_smile_lines(canvas, look, expression)
    paint_mouth(canvas, look, expression)
    if look.glasses:
        paint_glasses(canvas)
    return canvas


def eyelid_curves(look: Look, expression: Expression, side: int) -> tuple[Points, Points]:
    """Upper and lower edge of the eye opening, from inner to outer corner."""
    half_height = 0.098 * look.eyes
    x = side * EYE_X + side * ARC * EYE_HALF_WIDTH
    tilt = -0.022 * ARC  # the outer corner lies a little higher
    dome = 1 - np.abs(ARC) ** 2.2
    squint = max(expression.smile, 0) * 0.42
    lower = tilt + half_height * dome * (0.78 - squint)
    upper = tilt - half_height * dome * 1.12
    openness = np.clip(expression.eyelids, 0, 1.3)
    upper = lower + (upper - lower) * openness
    return np.stack([x, upper], axis=1), np.stack([x, lower], axis=1)


def paint_eye(canvas: Canvas, look: Look, expression: Expression, side: int) -> None:
    """Eyeball, iris, highlight, lids and lashes of one eye."""
    upper, lower = eyelid_curves(look, expression, side)
    opening = np.concatenate([upper, lower[::-1]])
    crease = shifted(upper, 0, -0.05)
    crease[:, 1] -= 0.015 * (1 - ARC**2)
    canvas.fill(np.concatenate([crease, upper[::-1]]), tint(look.skin, 0.8), opacity=0.35, blur=0.02)
    canvas.fill(opening, (244, 240, 236))
    inside = canvas.coverage(opening)
    x, y = side * EYE_X + 0.05 * expression.gaze[0], 0.005 + 0.035 * expression.gaze[1]
    radius = 0.103 * look.eyes
    canvas.fill(ellipse(x, y, radius, radius), tint(look.iris, 0.55), inside=inside, blur=0.006)
    canvas.fill(ellipse(x, y + 0.012, radius * 0.82, radius * 0.8), tint(look.iris, 1.25), inside=inside, blur=0.014)
    canvas.fill(ellipse(x, y, radius * 0.46, radius * 0.46), (12, 9, 10), inside=inside, blur=0.006)
    canvas.fill(
        np.concatenate([upper, shifted(upper[::-1], 0, 0.055)]), (60, 40, 40), opacity=0.4, blur=0.018, inside=inside
    )
    canvas.fill(ellipse(x - 0.035, y - 0.04, 0.024, 0.024), (255, 255, 255), opacity=0.95, inside=inside, blur=0.004)
    canvas.fill(ellipse(x + 0.04, y + 0.04, 0.013, 0.013), (255, 255, 255), opacity=0.4, inside=inside, blur=0.005)
    canvas.fill(
        ellipse(side * (EYE_X - EYE_HALF_WIDTH * 0.9), 0.02, 0.022, 0.016),
        (222, 150, 140),
        opacity=0.7,
        blur=0.006,
        inside=inside,
    )
    wing = upper.copy()
    wing[-4:] += np.outer(np.linspace(0, 1, 4), (side * 0.022, -0.016))
    canvas.fill(ribbon(wing, [0.006, 0.013, 0.018, 0.02, 0.006]), LASHES, opacity=0.95, blur=0.003)
    canvas.fill(ribbon(crease, [0.002, 0.008, 0.009, 0.003]), tint(look.skin, 0.5), opacity=0.6, blur=0.008)
    canvas.fill(ribbon(lower, [0.002, 0.005, 0.008, 0.004]), tint(look.skin, 0.42), opacity=0.6, blur=0.005)
    bag = shifted(lower[6:-6], 0, 0.055)
    canvas.fill(
        ribbon(bag, [0.002, 0.01, 0.002]),
        tint(look.skin, 0.68),
        opacity=0.25 + 0.3 * max(expression.smile, 0),
        blur=0.014,
    )


def paint_brow(canvas: Canvas, look: Look, expression: Expression, side: int) -> None:
    """One brow: raised as a whole, or its inner end drawn down and inwards by a frown (up, when the frown is negative)."""
    raised, frown = 0.1 * expression.brow_raise, expression.brow_frown
    inner = (side * (0.17 - 0.03 * max(frown, 0)), -0.27 - raised + 0.115 * frown)
    middle = (side * 0.36, -0.335 - raised + 0.025 * frown)
    peak = (side * 0.54, -0.355 - raised - 0.035 * frown)
    outer = (side * 0.74, -0.26 - raised * 0.6 - 0.03 * frown)
    line = smooth([inner, middle, peak, outer], closed=False, steps=10)
    width = 0.036 * look.brows
    colour = tint(look.hair, 0.9)
    canvas.fill(ribbon(line, [width * 0.8, width, width * 0.85, width * 0.5, 0.004]), colour, opacity=0.62, blur=0.016)
    canvas.fill(
        ribbon(line, [width * 0.5, width * 0.85, width * 0.7, width * 0.35, 0.002]), colour, opacity=0.8, blur=0.006
    )
    if frown > 0.1:
        furrow = np.array([(side * 0.075, -0.33), (side * 0.06, -0.2)])
        canvas.fill(ribbon(furrow, [0.004, 0.011]), tint(look.skin, 0.55), opacity=0.55 * frown, blur=0.012)


def paint_smile_lines(canvas: Canvas, look: Look, expression: Expression) -> None:
    """Folds from the nose to the mouth's corners, deeper when the mouth smiles."""
    smile = expression.smile
    strength = 0.16 + 0.4 * max(smile, 0) + 0.12 * max(-smile, 0)
    for side in (-1, 1):
        fold = smooth(
            [(side * 0.25, 0.56), (side * (0.37 + 0.05 * smile), 0.72), (side * (0.43 + 0.07 * smile), 0.92)],
            closed=False,
        )
        canvas.fill(ribbon(fold, [0.004, 0.016, 0.004]), tint(look.skin, 0.6), opacity=strength, blur=0.02)
        if smile > 0:
            canvas.fill(
                ellipse(side * 0.58, 0.44 - 0.04 * smile, 0.2, 0.12),
                tint(look.skin, 1.5),
                opacity=0.3 * smile,
                blur=0.08,
            )


def mouth_curves(expression: Expression) -> tuple[Points, Points, Points, Points]:
    """Four edges from left to right corner: upper lip's outer and inner, lower lip's inner and outer."""
    smile, opened = expression.smile, expression.mouth_open
    half_width = MOUTH_HALF_WIDTH * (1 + 0.2 * smile - 0.14 * opened)
    x = ARC * half_width
    dome = 1 - ARC**2
    corners = MOUTH_Y - 0.13 * smile * (np.abs(ARC) ** 1.6 - 0.3)
    bow = 0.03 * np.exp(-((ARC / 0.16) ** 2))
    inner_upper = corners + 0.009 * np.cos(ARC * 3 * np.pi) * dome - 0.05 * opened * dome
    outer_upper = inner_upper - (0.082 * (1 - 0.2 * max(smile, 0))) * dome**0.72 + bow
    inner_lower = inner_upper + (0.005 + 0.3 * opened) * dome**0.75
    outer_lower = inner_lower + (0.118 - 0.02 * abs(smile)) * dome**0.6
    upper, top, bottom, lower = (np.stack([x, y], axis=1) for y in (outer_upper, inner_upper, inner_lower, outer_lower))
    return upper, top, bottom, lower


def paint_mouth(canvas: Canvas, look: Look, expression: Expression) -> None:
    """Lips with their light, and teeth and tongue when the mouth is open."""
    upper, top, bottom, lower = mouth_curves(expression)
    under = shifted(lower[8:-8], 0, 0.06)
    canvas.fill(ribbon(under, [0.005, 0.04, 0.005]), tint(look.skin, 0.55), opacity=0.5, blur=0.035)
    canvas.fill(np.concatenate([upper, lower[::-1]]), look.lips, opacity=0.35, blur=0.02)
    gap = np.concatenate([top, bottom[::-1]])
    if expression.mouth_open > 0.02:
        canvas.fill(gap, (58, 18, 22))
        paint_inside(canvas, top, bottom, canvas.coverage(gap))
    canvas.fill(np.concatenate([upper, top[::-1]]), tint(look.lips, 0.86), opacity=0.88, blur=0.005)
    canvas.fill(np.concatenate([bottom, lower[::-1]]), look.lips, opacity=0.88, blur=0.005)
    gloss = (bottom + lower)[10:-10] / 2
    canvas.fill(ribbon(gloss, [0.003, 0.024, 0.003]), tint(look.lips, 1.6), opacity=0.5, blur=0.018)
    canvas.fill(
        ribbon(shifted(upper[6:-6], 0, -0.012), [0.002, 0.009, 0.002]), tint(look.skin, 1.5), opacity=0.4, blur=0.01
    )
    canvas.fill(ribbon(top, [0.004, 0.009, 0.007, 0.009, 0.004]), tint(look.lips, 0.34), opacity=0.85, blur=0.004)
    for end, side in ((top[0], -1), (top[-1], 1)):
        canvas.fill(ellipse(end[0] + side * 0.012, end[1], 0.026, 0.02), tint(look.skin, 0.45), opacity=0.5, blur=0.014)


def paint_inside(canvas: Canvas, top: Points, bottom: Points, inside: NDArray[np.float32]) -> None:
    """Upper teeth and tongue, only within the open mouth."""
    gums = top * np.array((0.86, 1))
    teeth = np.concatenate([gums, shifted(gums, 0, 0.075)[::-1]])
    canvas.fill(teeth, (240, 234, 226), opacity=0.94, blur=0.006, inside=inside)
    canvas.fill(
        ribbon(shifted(top, 0, 0.01), [0.014, 0.02, 0.014]), (70, 30, 32), opacity=0.5, blur=0.012, inside=inside
    )
    centre = bottom[len(bottom) // 2]
    canvas.fill(
        ellipse(0.0, float(centre[1]) + 0.02, 0.17, 0.085), (190, 86, 88), opacity=0.85, blur=0.02, inside=inside
    )


def paint_glasses(canvas: Canvas) -> None:
    """A thin dark frame with a little reflection."""
    frame = (44, 38, 40)
    for side in (-1, 1):
        ring = smooth(
            [
                (side * x, y)
                for x, y in [
                    (0.13, -0.13),
                    (0.43, -0.2),
                    (0.76, -0.14),
                    (0.77, 0.1),
                    (0.6, 0.24),
                    (0.3, 0.24),
                    (0.14, 0.08),
                ]
            ]
        )
        canvas.fill(ring, (210, 225, 240), opacity=0.08)
        canvas.fill(ribbon(np.concatenate([ring, ring[:1]]), [0.016, 0.016]), frame, opacity=0.92)
        canvas.fill(ribbon(np.array([(side * 0.77, -0.08), (side * 1.02, -0.1)]), [0.014, 0.016]), frame, opacity=0.92)
        canvas.fill(
            ribbon(np.array([(side * 0.43 - 0.2, 0.1), (side * 0.43 - 0.08, -0.12)]), [0.02, 0.03]),
            (255, 255, 255),
            opacity=0.14,
            blur=0.015,
        )
    bridge = smooth([(-0.14, -0.06), (0.0, -0.1), (0.14, -0.06)], closed=False)
    canvas.fill(ribbon(bridge, [0.014, 0.014]), frame, opacity=0.92)
