"""Measures whether the planted values can be found again: pitch and loudness in the voice, landmarks in the face."""

import csv
import logging
import subprocess
from pathlib import Path

import cv2
import numpy as np
from imageio_ffmpeg import get_ffmpeg_exe
from numpy.typing import NDArray

logger = logging.getLogger("make_sample")

Row = dict[str, str]
RATE = 16000
LEFT_CORNER, RIGHT_CORNER, LIP_TOP, LIP_BOTTOM = 61, 291, 0, 17  # points of mediapipe's face mesh
BROW_INNER, BROW_MIDDLE, EYE_TOP, EYE_BOTTOM, FOREHEAD, CHIN = 107, 105, 159, 145, 10, 152


def check_sample(folder: Path) -> None:
    """Log the share of frames with a face for each video, and the correlations over all clips."""
    clips = read_rows(folder / "clips.csv")
    planted = read_rows(folder / "planted.csv")
    voice = np.array([measure_voice(folder / "videos" / row["video"], row) for row in clips])
    faces = {name: find_faces(folder / "videos" / name) for name in sorted({row["video"] for row in clips})}
    for name, geometry in faces.items():
        logger.info(
            "%s: face found in %.1f %% of %d frames", name, 100 * np.isfinite(geometry[:, 0]).mean(), len(geometry)
        )
    face = np.array([measure_face(faces[row["video"]], row) for row in clips])
    speakers = [row["speaker"] for row in clips]
    report("voice", ("mean F0", "loudness", "F0 spread"), voice, truth(planted, "audio"), speakers)
    report("face", ("corner lift", "brow height", "eye opening"), face, truth(planted, "vision"), speakers)


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def truth(planted: list[Row], modality: str) -> NDArray[np.float64]:
    """Planted values of one modality, in the order of the manifest."""
    return np.array([float(row[modality]) for row in planted])


def report(
    what: str, names: tuple[str, ...], values: NDArray[np.float64], planted: NDArray[np.float64], speakers: list[str]
) -> None:
    """Log each measure's correlation with the planted values, over all clips and within speakers."""
    for name, column in zip(names, values.T, strict=True):
        own, own_planted = centre(column, speakers), centre(planted, speakers)
        overall, within = np.corrcoef(column, planted)[0, 1], np.corrcoef(own, own_planted)[0, 1]
        logger.info("%s, %s: r = %.2f over all clips, %.2f within speakers", what, name, overall, within)


def centre(values: NDArray[np.float64], speakers: list[str]) -> NDArray[np.float64]:
    """Values without each speaker's mean."""
    names = np.array(speakers)
    return np.array([value - values[names == name].mean() for value, name in zip(values, speakers, strict=True)])


def measure_voice(video: Path, row: Row) -> tuple[float, float, float]:
    """eGeMAPS mean F0 (semitones), mean loudness and F0 spread of one clip."""
    import opensmile

    command = [get_ffmpeg_exe(), "-loglevel", "error", "-ss", row["start"], "-to", row["end"], "-i", str(video)]
    raw = subprocess.run(
        [*command, "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"], capture_output=True, check=True
    ).stdout
    smile = opensmile.Smile(
        feature_set=opensmile.FeatureSet.eGeMAPSv02, feature_level=opensmile.FeatureLevel.Functionals
    )
    found = smile.process_signal(np.frombuffer(raw, np.float32), RATE).iloc[0]
    return (
        float(found["F0semitoneFrom27.5Hz_sma3nz_amean"]),
        float(found["loudness_sma3_amean"]),
        float(found["F0semitoneFrom27.5Hz_sma3nz_stddevNorm"]),
    )


def find_faces(video: Path) -> NDArray[np.float64]:
    """For each frame: how high the mouth's corners, how high the brows, how open the eyes; NaN where no face is found."""
    from mediapipe.python.solutions.face_mesh import FaceMesh

    capture = cv2.VideoCapture(str(video))
    rows: list[tuple[float, float, float]] = []
    with FaceMesh(static_image_mode=False, refine_landmarks=True) as mesh:
        while True:
            more, frame = capture.read()
            if not more:
                return np.array(rows)
            found = mesh.process(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)).multi_face_landmarks
            rows.append(geometry(found[0].landmark) if found else (np.nan,) * 3)


def geometry(points: list[object]) -> tuple[float, float, float]:
    """Heights in units of the face's own height."""
    y = np.array([point.y for point in points])  # type: ignore[attr-defined]  # mediapipe has no types
    tall = y[CHIN] - y[FOREHEAD]
    corners, lips = (y[LEFT_CORNER] + y[RIGHT_CORNER]) / 2, (y[LIP_TOP] + y[LIP_BOTTOM]) / 2
    return (lips - corners) / tall, (y[EYE_BOTTOM] - y[BROW_INNER]) / tall, (y[EYE_BOTTOM] - y[EYE_TOP]) / tall


def measure_face(found: NDArray[np.float64], row: Row) -> NDArray[np.float64]:
    """Mean geometry over one clip's frames."""
    first, end = (round(float(row[key]) * 25) for key in ("start", "end"))
    mean: NDArray[np.float64] = np.nanmean(found[first:end], axis=0)
    return mean
