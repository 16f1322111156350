"""Whether a clip's picture may go into a rendition as it is, which takes a sixtieth of the time of encoding it."""

from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.video_file import VideoFile

# A picture that is sought in must not take longer than this to its next whole frame.
LONGEST_BETWEEN_KEYFRAMES = 1.05


def may_copy_picture(clip: VideoFile, parameters: IsolationParameters) -> bool:
    """Whether every frame in the file is shown, and every browser can play and seek the picture at its size.

    A clip that was itself cut by copying carries earlier frames behind its edit list: they would be copied too, and
    somebody could bring them to light. Such a clip is encoded anew.
    """
    video = clip.found.video
    if video is None or video.codec != "h264" or "mp4" not in clip.found.container or not video.has_constant_rate:
        return False
    stored = (video.width, video.height)
    fits = video.shown_size == stored and min(stored) <= parameters.most_height and not any(side % 2 for side in stored)
    if not fits or video.rotation:
        return False
    packets = clip.packets
    return packets.pixel_format == "yuv420p" and packets.all_shown and packets.longest_gap <= LONGEST_BETWEEN_KEYFRAMES
