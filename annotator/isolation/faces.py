"""Where the faces of a video are, so that no mask covers them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from annotator.isolation.boxes import Box, join_overlapping
from annotator.isolation.frames import Picture, Sampled

SURE_ENOUGH = 0.5
# How far brows and lips reach beyond the centres of eyes and mouth, as shares of the distance between those.
BROWS, LIPS = 0.6, 0.4


def find_face_boxes(pictures: Iterable[Sampled]) -> list[Box]:
    """Boxes around every place where a face was seen in pictures with their times, joined where they overlap."""
    return join_overlapping(box for _, picture in pictures for box in _faces(picture))


def _faces(picture: Picture) -> list[Box]:
    found = _detector().process(picture[:, :, ::-1].copy()).detections or []
    return [_expressive_part(detection.location_data) for detection in found]


def _expressive_part(face: Any) -> Box:  # Any: a mediapipe message
    """From the brows to under the lips: the detector's own box reaches to the chin, where subtitles often lie."""
    whole = face.relative_bounding_box
    right_eye, left_eye, _, mouth = face.relative_keypoints[:4]
    eyes = (right_eye.y + left_eye.y) / 2
    height = max(mouth.y - eyes, 0.0)
    part = Box(whole.xmin, eyes - BROWS * height, whole.xmin + whole.width, mouth.y + LIPS * height)
    return part.grown(0.0, 0.0)


@cache
def _detector() -> Any:  # Any: mediapipe publishes no types
    """The full-range detector, once per process; it carries its model in its wheel."""
    from mediapipe.python.solutions.face_detection import FaceDetection

    return FaceDetection(model_selection=1, min_detection_confidence=SURE_ENOUGH)
