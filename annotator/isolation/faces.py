"""Where the faces of a video are, so that no mask covers them."""

from functools import cache
from pathlib import Path
from typing import Any

from annotator.isolation.boxes import Box, join_overlapping
from annotator.isolation.frames import Picture, sample_frames

SURE_ENOUGH = 0.5


def find_face_boxes(video: Path, *, rate: float = 2.0) -> list[Box]:
    """Boxes around every place where a face was seen, joined over time where they overlap."""
    return join_overlapping(box for _, picture in sample_frames(video, rate) for box in _faces(picture))


def _faces(picture: Picture) -> list[Box]:
    found = _detector().process(picture[:, :, ::-1].copy()).detections or []
    shares = [detection.location_data.relative_bounding_box for detection in found]
    return [
        Box(share.xmin, share.ymin, share.xmin + share.width, share.ymin + share.height).grown(0.0, 0.0)
        for share in shares
    ]


@cache
def _detector() -> Any:  # Any: mediapipe publishes no types
    """The full-range detector, once per process; it carries its model in its wheel."""
    from mediapipe.python.solutions.face_detection import FaceDetection

    return FaceDetection(model_selection=1, min_detection_confidence=SURE_ENOUGH)
