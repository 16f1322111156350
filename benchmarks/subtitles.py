"""Burn subtitles of twelve styles into videos, and tell what of them can be read before and after they are masked.

Run from the repository root: `python -m benchmarks.subtitles [VIDEO ...] [--seconds N] [--json]`; without a video, on
two of the sample's. Lines stand for 0.6 to 1.8 s each, in 1280x720. Printed are the lines that the audit read, half of
each row at least; the pictures of the rendition, five a second, in which a character of a line can still be read; and
what the audit found. Needs Debian's fonts-noto-cjk.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from annotator.isolation.burned_text import shared_text
from annotator.isolation.frames import sample_frames
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.rendition import make_rendition
from annotator.isolation.text_reader import read_text
from annotator.isolation.video_file import VideoFile
from datasets.media.cut import cut_clip
from datasets.media.programs import ffmpeg
from datasets.vocabulary import Modality

SAMPLE = Path(__file__).parents[1] / "sample" / "videos"
VIDEOS = (SAMPLE / "video_0004.mp4", SAMPLE / "video_0008.mp4")
FONTS = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED = 2  # the collection's face with mainland Chinese shapes
WIDTH, HEIGHT = 1280, 720
LINES = ("今天的会议改到下午", "请把窗户关上好吗", "她从来没有说过这句话", "雨停以后我们再出发", "钥匙放在桌子左边")
TRANSLATED = ("The meeting moved", "Please shut the window", "She never said so", "After the rain", "Keys on the left")
STANDS = (1.2, 0.6, 1.8, 0.9, 1.4)  # seconds
READ_AGAIN = 5.0

Colour = tuple[int, int, int]
Event = tuple[float, float, int]  # from and to which second, and which line


@dataclass(frozen=True)
class Style:
    """How lines look; sizes in pixels of 720 lines, `at` the middle of the line as a share of the picture's height."""

    size: int = 44
    fill: Colour = (255, 255, 255)
    edge: Colour = (20, 20, 20)
    edge_width: int = 3
    weight: str = "Bold"
    at: float = 0.92
    box: int = 0  # opacity of a dark bar, 0 to 255
    rows: int = 1
    translated: bool = False
    fade: float = 0.0  # seconds
    logo: bool = False


STYLES = {
    "outlined": Style(),
    "boxed": Style(edge_width=0, box=150),
    "thin": Style(weight="Regular", edge_width=1),
    "small": Style(size=24, edge_width=2),
    "two lines": Style(rows=2, at=0.88),
    "bilingual": Style(translated=True, at=0.88),
    "at the top": Style(at=0.08),
    "fading": Style(fade=0.3),
    "grey on grey": Style(fill=(150, 150, 150), edge=(110, 110, 110), edge_width=2),
    "beside a logo": Style(logo=True),
    "large and coloured": Style(size=64, fill=(255, 214, 40), edge=(200, 30, 90), edge_width=5),
    "across the face": Style(at=0.5),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("videos", type=Path, nargs="*", default=VIDEOS)
    parser.add_argument("--seconds", type=float, default=8.0, help="length of each clip")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rows = [measure(video, style, options.seconds, Path(name)) for video in options.videos for style in STYLES]
    print(json.dumps(rows, ensure_ascii=False) if options.json else as_table(rows))


def measure(video: Path, name: str, seconds: float, folder: Path) -> dict[str, Any]:
    """What of one style's lines can be read in a clip before and after."""
    style, events = STYLES[name], list(events_of(seconds))
    burned, clip, made = folder / "burned.mp4", folder / "clip.mp4", folder / "made.mp4"
    burn(video, style, events, seconds, folder, burned)
    cut_clip(burned, clip, 0.0, seconds)
    lines = [[text for text, _ in rows_of(style, number)] for _, _, number in events]
    said = " ".join(row for rows in lines for row in rows)
    audit = make_rendition(clip, made, Modality.VISION, IsolationParameters(), said, 7)
    left = [
        shared_text([text for _, text in read_text(picture)], said)
        for _, picture in sample_frames(VideoFile(made), READ_AGAIN)
    ]
    return {
        "video": video.stem,
        "style": name,
        "lines": len(events),
        "lines read before": sum(all(is_read(row, audit.text_before) for row in rows) for rows in lines),
        "pictures": len(left),
        "pictures readable after": sum(bool(characters) for characters in left),
        "characters": "".join(sorted({character for characters in left for character in characters})),
        "passed": audit.passed,
        "conflicts": [conflict.code for conflict in audit.conflicts],
    }


def events_of(seconds: float) -> Iterator[Event]:
    """Lines that follow each other, each a fifth of a second after the one before."""
    start = 0.3
    for number, length in enumerate(cycle(STANDS)):
        if start + length > seconds:
            return
        yield start, start + length, number % len(LINES)
        start += length + 0.2


def rows_of(style: Style, number: int) -> list[tuple[str, int]]:
    """What stands in each row of a line, and how high its letters are."""
    rows = [(LINES[number], style.size)]
    if style.rows == 2:
        rows.append((LINES[(number + 1) % len(LINES)], style.size))
    if style.translated:
        rows.append((TRANSLATED[number], style.size * 2 // 3))
    return rows


def is_read(row: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts holds at least half of a row's characters or words; others share a few by chance."""
    return any(len(shared_text([text], row)) >= len(shared_text([row], row)) / 2 for text in texts)


def burn(video: Path, style: Style, events: Sequence[Event], seconds: float, folder: Path, destination: Path) -> None:
    """Write the beginning of a video at 1280x720 with the lines in its picture."""
    command: list[object] = [ffmpeg(), "-v", "error", "-y", "-t", seconds + 0.5, "-i", video]
    graph, shown = [f"[0:V:0]scale={WIDTH}:{HEIGHT},setsar=1[p0]"], "p0"
    for place, (start, end, number) in enumerate(events, 1):
        picture = folder / f"{place}.png"
        lines = draw(style, number)
        left, top, *_ = around = lines.getbbox() or (0, 0, WIDTH, HEIGHT)
        lines.crop(around).save(picture)
        command += ["-loop", "1", "-t", seconds + 0.5, "-r", "25", "-i", picture]
        fades = (
            f"fade=in:st={start}:d={style.fade}:alpha=1,fade=out:st={end - style.fade}:d={style.fade}:alpha=1"
            if style.fade
            else "null"
        )
        graph += [f"[{place}:v]{fades}[t{place}]"]
        graph += [f"[{shown}][t{place}]overlay={left}:{top}:enable='between(t,{start},{end})':shortest=1[p{place}]"]
        shown = f"p{place}"
    made = ["-map", f"[{shown}]", "-map", "0:a:0", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20"]
    command += ["-filter_complex", ";".join(graph), *made, "-pix_fmt", "yuv420p", "-c:a", "aac", destination]
    subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL)


def draw(style: Style, number: int) -> Image.Image:
    """The transparent picture of a line."""
    picture = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    brush = ImageDraw.Draw(picture)
    for row, (text, size) in enumerate(rows_of(style, number)):
        font = ImageFont.truetype(str(FONTS / f"NotoSansCJK-{style.weight}.ttc"), size, index=SIMPLIFIED)
        middle = (WIDTH / 2, HEIGHT * style.at + row * style.size * 1.3)
        if style.box:
            left, top, right, bottom = brush.textbbox(middle, text, font=font, anchor="mm")
            brush.rectangle((left - 14, top - 8, right + 14, bottom + 8), fill=(0, 0, 0, style.box))
        brush.text(
            middle, text, font=font, anchor="mm", fill=style.fill, stroke_width=style.edge_width, stroke_fill=style.edge
        )
    if style.logo:
        brush.ellipse((60, 50, 130, 120), fill=(230, 80, 40))
        brush.polygon([(95, 62), (118, 104), (72, 104)], fill=(255, 255, 255))
    return picture


def as_table(rows: Sequence[dict[str, Any]]) -> str:
    """One line a style and video, and the sums."""
    lines = [f"{'':34}{'lines read before':>20}{'readable after':>18}  verdict"]
    for row in rows:
        verdict = "passed" if row["passed"] else "withheld"
        told = " ".join([verdict, *row["conflicts"], row["characters"]])
        before = f"{row['lines read before']} of {row['lines']}"
        after = f"{row['pictures readable after']} of {row['pictures']}"
        lines.append(f"{row['video'][:14]:14}{row['style']:20}{before:>20}{after:>18}  {told}")
    served = [row for row in rows if row["passed"]]
    lines.append(
        f"{sum(row['lines read before'] for row in rows)} of {sum(row['lines'] for row in rows)} lines read before; "
        f"{sum(row['pictures readable after'] for row in served)} of {sum(row['pictures'] for row in served)} "
        f"pictures of the {len(served)} clips that passed readable after; {len(rows) - len(served)} withheld"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
