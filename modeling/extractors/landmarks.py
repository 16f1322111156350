"""Vision without any download: facial landmarks, head pose, gaze and expression from MediaPipe's face mesh."""

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from datasets.vocabulary import Modality
from modeling.extractors import face_geometry
from modeling.extractors.decoding import Picture, decode_pictures
from modeling.extractors.interface import ClipInput, Extracted, ExtractionFailed, Float32, ReadyExtractor

LONGEST_SIDE = 640  # pixels: the mesh's own input is far smaller, so larger pictures cost time and add nothing
# The paper discards clips in which more than a quarter of the frames show no face (section 3.1).
LEAST_FOUND = 0.75


class Landmarks(ReadyExtractor):
    """68 landmarks in picture heights, head pose, gaze and expression, 25 frames a second.

    A frame without a face takes values between its neighbours' and has `found` 0. A clip with a face in fewer than
    LEAST_FOUND of its frames fails.
    """

    name = "landmarks"
    modality = Modality.VISION
    version = "1"
    rate: float | None = 25.0
    columns: tuple[str, ...] = (*face_geometry.COLUMNS, "found")

    @property
    def settings(self) -> Mapping[str, object]:
        """Picture size and the share of frames that must show a face."""
        return {"longest_side": LONGEST_SIDE, "least_found": LEAST_FOUND, "model": "mediapipe face mesh with iris"}

    def extract(self, clip: ClipInput) -> Extracted:
        """Frames (twenty-fifths of a second, 155)."""
        # Each clip starts with a fresh tracker, or its numbers would depend on the clip before it.
        with _face_mesh() as tracker:
            pictures = decode_pictures(clip.file, rate=25, longest_side=LONGEST_SIDE)
            faces = [_describe(tracker, picture) for picture in pictures]
        if not faces:
            raise ExtractionFailed(f"{clip.file.name} holds no picture that can be decoded.")
        found = np.array([face is not None for face in faces])
        if found.mean() < LEAST_FOUND:
            raise ExtractionFailed(
                f"A face was found in {found.mean():.0%} of the {len(faces)} frames; "
                f"at least {LEAST_FOUND:.0%} are needed."
            )
        return Extracted(frames=fill_gaps(faces, found), found=float(found.mean()))


def fill_gaps(faces: list[Float32 | None], found: npt.NDArray[np.bool_]) -> Float32:
    """Frames with the column `found` at the end; those without a face lie on the line between their neighbours."""
    seen = np.stack([face for face in faces if face is not None])  # (found frames, dim)
    times, seen_times = np.arange(len(faces)), np.flatnonzero(found)
    filled = np.stack([np.interp(times, seen_times, column) for column in seen.T], axis=1)
    return np.column_stack([filled, found]).astype(np.float32)


def _face_mesh() -> Any:  # mediapipe has no type stubs
    os.environ.setdefault("GLOG_minloglevel", "2")  # its engine tells every start to stderr
    import mediapipe

    return mediapipe.solutions.face_mesh.FaceMesh(static_image_mode=False, max_num_faces=1, refine_landmarks=True)


def _describe(tracker: Any, picture: Picture) -> Float32 | None:
    meshes = tracker.process(picture).multi_face_landmarks
    if not meshes:
        return None
    aspect = picture.shape[1] / picture.shape[0]
    mesh = np.array([(point.x * aspect, point.y) for point in meshes[0].landmark])
    return face_geometry.describe_face(mesh, aspect=aspect)
