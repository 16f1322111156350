"""Burned-in subtitles in the styles of Chinese films, streams and shows."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from .paint import Colour
from .speakers import SubtitleStyle
from .voice import MissingTool

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")
SIMPLIFIED = 2  # the collection's face with mainland Chinese shapes


@dataclass(frozen=True)
class Lettering:
    """Colours and sizes in pixels of the finished picture; `box` is the opacity of a dark bar, 0..255."""

    fill: Colour
    edge: Colour
    size: int
    edge_width: int
    box: int = 0


LETTERING: dict[SubtitleStyle, Lettering] = {
    "outlined": Lettering((255, 255, 255), (20, 20, 20), 22, 2),
    "yellow": Lettering((255, 226, 84), (40, 26, 10), 22, 2),
    "boxed": Lettering((255, 255, 255), (0, 0, 0), 20, 0, box=150),
    "show": Lettering((255, 255, 255), (222, 62, 116), 24, 3),
}


def draw_subtitle(text: str, style: SubtitleStyle, width: int, height: int) -> NDArray[np.uint8]:
    """Transparent RGBA picture (height, width, 4) with the line near its lower edge."""
    if not FONT.exists():
        raise MissingTool(f"Making the sample needs a Chinese font at {FONT}: apt-get install fonts-noto-cjk.")
    look = LETTERING[style]
    font = ImageFont.truetype(str(FONT), look.size, index=SIMPLIFIED)
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    brush = ImageDraw.Draw(picture)
    centre = (width / 2, height - 28)
    if look.box:
        left, top, right, bottom = brush.textbbox(centre, text, font=font, anchor="mm")
        brush.rounded_rectangle((left - 10, top - 5, right + 10, bottom + 5), 4, fill=(0, 0, 0, look.box))
    brush.text(
        centre, text, font=font, anchor="mm", fill=look.fill, stroke_width=look.edge_width, stroke_fill=look.edge
    )
    return np.asarray(picture)
