"""What the 478 points of MediaPipe's face mesh say about a face: 68 landmarks, head pose, gaze, expression (pure)."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]  # (478, 2): x to the right, y downward, one unit being the picture's height

# Mesh point of each iBUG landmark (the 68 of the field), in iBUG's order; sides are those seen in the picture.
# fmt: off
JAW = (127, 234, 132, 58, 172, 150, 176, 148, 152, 377, 400, 379, 397, 288, 361, 454, 356)
LEFT_BROW = (70, 63, 105, 66, 107)
RIGHT_BROW = (336, 296, 334, 293, 300)
NOSE = (168, 197, 5, 4, 75, 97, 2, 326, 305)
LEFT_EYE = (33, 160, 158, 133, 153, 144)
RIGHT_EYE = (362, 385, 387, 263, 373, 380)
OUTER_LIPS = (61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181)
INNER_LIPS = (78, 81, 13, 311, 308, 402, 14, 178)
LANDMARKS = (*JAW, *LEFT_BROW, *RIGHT_BROW, *NOSE, *LEFT_EYE, *RIGHT_EYE, *OUTER_LIPS, *INNER_LIPS)
# fmt: on

LEFT_IRIS, RIGHT_IRIS = 468, 473

# Rigid points of an average adult face, in millimetres from the tip of the nose: x right, y down, z off the camera.
FACE_MODEL = {
    4: (0.0, 0.0, 0.0),  # tip of the nose
    168: (0.0, -40.0, 22.0),  # bridge, between the eyes
    33: (-45.0, -36.0, 42.0),  # outer corners of the eyes
    263: (45.0, -36.0, 42.0),
    133: (-17.0, -35.0, 34.0),  # inner corners of the eyes
    362: (17.0, -35.0, 34.0),
    61: (-25.0, 29.0, 27.0),  # corners of the mouth
    291: (25.0, 29.0, 27.0),
    152: (0.0, 68.0, 25.0),  # chin
}

POSE = ("pose_Rx", "pose_Ry", "pose_Rz", "pose_Tx", "pose_Ty", "pose_Tz")  # radians and millimetres
GAZE = ("gaze_left_x", "gaze_left_y", "gaze_right_x", "gaze_right_y")
# Lengths in units of the distance between the outer corners of the eyes.
EXPRESSION = (
    "eye_open_left", "eye_open_right", "brow_raise_left", "brow_raise_right", "brow_distance",
    "mouth_open", "mouth_width", "mouth_corner_lift",
)  # fmt: skip
COLUMNS = (
    *POSE,
    *(f"x_{place}" for place in range(68)),
    *(f"y_{place}" for place in range(68)),
    *GAZE,
    *EXPRESSION,
)


def describe_face(mesh: Points, *, aspect: float) -> npt.NDArray[np.float32]:
    """One frame's values in the order of COLUMNS; aspect is the picture's width divided by its height."""
    landmarks = mesh[list(LANDMARKS)]
    values = [*head_pose(mesh, aspect=aspect), *landmarks[:, 0], *landmarks[:, 1], *gaze(mesh), *expression(mesh)]
    return np.array(values, np.float32)


def head_pose(mesh: Points, *, aspect: float) -> tuple[float, ...]:
    """Rotation about x, y and z in radians, and where the nose's tip stands in millimetres from the camera.

    The camera is taken to look straight through the picture's middle with a focal length of one picture width.
    """
    camera = np.array([[aspect, 0, aspect / 2], [0, aspect, 0.5], [0, 0, 1]])
    model, seen = np.array(list(FACE_MODEL.values())), mesh[list(FACE_MODEL)]
    _, rotation, translation = cv2.solvePnP(model, seen, camera, None, flags=cv2.SOLVEPNP_SQPNP)
    return (*_angles(cv2.Rodrigues(rotation)[0]), *(float(length) for length in translation.ravel()))


def _angles(matrix: cv2.typing.MatLike) -> tuple[float, float, float]:
    """Angles about x, y and z of a rotation that turns about x first, then y, then z."""
    about_y = np.arctan2(-matrix[2, 0], np.hypot(matrix[2, 1], matrix[2, 2]))
    return (
        float(np.arctan2(matrix[2, 1], matrix[2, 2])),
        float(about_y),
        float(np.arctan2(matrix[1, 0], matrix[0, 0])),
    )


def gaze(mesh: Points) -> list[float]:
    """Of each eye, where the iris stands: -1 … 1 from corner to corner, and its height above the corners' line."""
    return [*_iris_place(mesh, LEFT_EYE, LEFT_IRIS), *_iris_place(mesh, RIGHT_EYE, RIGHT_IRIS)]


def _iris_place(mesh: Points, eye: Sequence[int], iris: int) -> tuple[float, float]:
    left, right = mesh[eye[0]], mesh[eye[3]]
    across = right - left
    half = np.linalg.norm(across) / 2 + 1e-9
    offset = (mesh[iris] - (left + right) / 2) / half
    direction = across / (2 * half)
    return float(offset @ direction), float(offset @ np.array([direction[1], -direction[0]]))


def expression(mesh: Points) -> list[float]:
    """Openings and distances in the order of EXPRESSION, free of the face's size and of its tilt in the picture."""
    across = mesh[263] - mesh[33]
    size = float(np.linalg.norm(across)) + 1e-9
    up = np.array([across[1], -across[0]]) / size

    def apart(first: int, second: int) -> float:
        return float(np.linalg.norm(mesh[first] - mesh[second])) / size

    def above(first: Sequence[int], second: Sequence[int]) -> float:
        return float((mesh[list(first)].mean(axis=0) - mesh[list(second)].mean(axis=0)) @ up) / size

    return [
        above(LEFT_EYE[1:3], LEFT_EYE[4:6]),
        above(RIGHT_EYE[1:3], RIGHT_EYE[4:6]),
        above(LEFT_BROW, (LEFT_EYE[0], LEFT_EYE[3])),
        above(RIGHT_BROW, (RIGHT_EYE[0], RIGHT_EYE[3])),
        apart(LEFT_BROW[-1], RIGHT_BROW[0]),
        apart(13, 14),
        apart(61, 291),
        above((61, 291), (13, 14)),
    ]
