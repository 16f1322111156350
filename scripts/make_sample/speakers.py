"""The invented speakers: how each looks and sounds, and the twelve videos they speak in."""

from dataclasses import dataclass
from typing import Literal

from .paint import Colour

HairStyle = Literal["short", "parted", "bob", "long", "bun", "fringe"]
SubtitleStyle = Literal["outlined", "yellow", "boxed", "show"]


@dataclass(frozen=True)
class Voice:
    """An espeak-ng variant with the pitch (0..99) and speed (words a minute) of a neutral sentence."""

    variant: str
    pitch: int
    speed: int


@dataclass(frozen=True)
class Look:
    """What the portrait painter needs to know; widths are factors of the average face."""

    skin: Colour
    hair: Colour
    style: HairStyle
    clothes: Colour
    lips: Colour
    iris: Colour
    jaw: float = 1.0
    eyes: float = 1.0
    brows: float = 1.0
    glasses: bool = False
    beard: float = 0.0


@dataclass(frozen=True)
class Speaker:
    """One invented person."""

    name: str
    look: Look
    voice: Voice


@dataclass(frozen=True)
class Film:
    """One source video: who speaks, where, and how its subtitles are burned in, if at all."""

    video_id: str
    speaker: str
    scenario: str
    subtitles: SubtitleStyle | None
    unlabelled: int


FAIR, LIGHT, WARM, TAN = (244, 212, 190), (236, 199, 172), (226, 184, 152), (205, 158, 124)
BLACK, INK, BROWN, CHESTNUT, GREY = (34, 29, 32), (26, 26, 34), (70, 46, 36), (104, 62, 42), (150, 148, 150)
ROSE, CORAL, NUDE, BRICK = (196, 92, 98), (208, 98, 86), (186, 112, 100), (170, 88, 80)
DARK_EYES, HAZEL = (58, 38, 28), (88, 58, 36)

SPEAKERS = (
    Speaker(
        "speaker_1", Look(FAIR, BLACK, "long", (96, 122, 158), ROSE, DARK_EYES, 0.94, 1.1, 0.8), Voice("f3", 44, 205)
    ),
    Speaker(
        "speaker_2", Look(WARM, INK, "short", (54, 66, 84), NUDE, DARK_EYES, 1.08, 0.96, 1.25), Voice("m3", 66, 210)
    ),
    Speaker(
        "speaker_3", Look(LIGHT, BROWN, "bob", (198, 108, 92), CORAL, HAZEL, 0.97, 1.08, 0.85), Voice("f2", 44, 215)
    ),
    Speaker(
        "speaker_4",
        Look(TAN, BLACK, "parted", (124, 134, 104), BRICK, DARK_EYES, 1.06, 0.96, 1.2, glasses=True),
        Voice("Denis", 66, 200),
    ),
    Speaker(
        "speaker_5",
        Look(LIGHT, GREY, "parted", (92, 78, 72), NUDE, DARK_EYES, 1.1, 0.92, 1.15, beard=0.5),
        Voice("m7", 62, 195),
    ),
    Speaker(
        "speaker_6", Look(FAIR, CHESTNUT, "bun", (150, 120, 168), ROSE, HAZEL, 0.95, 1.1, 0.85), Voice("f4", 46, 210)
    ),
    Speaker(
        "speaker_7",
        Look(WARM, BLACK, "fringe", (222, 176, 90), CORAL, DARK_EYES, 0.96, 1.12, 0.9),
        Voice("f5", 40, 215),
    ),
    Speaker(
        "speaker_8",
        Look(LIGHT, BROWN, "short", (158, 172, 184), NUDE, HAZEL, 1.02, 1.0, 1.15),
        Voice("edward", 68, 210),
    ),
    Speaker(
        "speaker_9",
        Look(WARM, BLACK, "bun", (62, 112, 104), BRICK, DARK_EYES, 1.0, 1.02, 0.9, glasses=True),
        Voice("shelby", 54, 205),
    ),
)

FILMS = (
    Film("video_0001", "speaker_1", "interview", "outlined", 3),
    Film("video_0002", "speaker_2", "drama", None, 2),
    Film("video_0003", "speaker_3", "vlog", "show", 3),
    Film("video_0004", "speaker_4", "talk_show", None, 2),
    Film("video_0005", "speaker_5", "film", "outlined", 3),
    Film("video_0006", "speaker_6", "variety", "yellow", 2),
    Film("video_0007", "speaker_7", "vlog", None, 3),
    Film("video_0008", "speaker_8", "interview", None, 2),
    Film("video_0009", "speaker_9", "talk_show", "boxed", 3),
    Film("video_0010", "speaker_1", "drama", None, 2),
    Film("video_0011", "speaker_2", "variety", "show", 3),
    Film("video_0012", "speaker_6", "film", None, 2),
)


def speaker_of(film: Film) -> Speaker:
    """The film's speaker."""
    return next(speaker for speaker in SPEAKERS if speaker.name == film.speaker)
