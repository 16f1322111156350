"""The text that is burned into a clip's picture: read once, for the renditions of every campaign."""

from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region
from annotator.isolation.clip_file import ClipFile
from annotator.isolation.masked_video import read_text
from annotator.models import TextReading
from annotator.selectors.isolation import drawing_of
from datasets.models import Clip


def text_regions_of(clip: Clip, file: ClipFile) -> list[Region]:
    """Burned-in text of a clip: as an admin drew it on the source, else as it was read in the clip's file.

    A reading counts for the very file that was read, and for whoever wants no more pictures a second.
    """
    if drawing := drawing_of(clip.source):
        return [Region(Box(**box), 0.0, clip.seconds) for box in drawing.boxes]
    known = TextReading.objects.filter(clip=clip, sha256=clip.sha256, rate__gte=file.parameters.sampling_rate).first()
    if known:
        return [Region.from_record(record) for record in known.regions]
    found = read_text(file)
    read = {
        "sha256": clip.sha256,
        "rate": file.parameters.sampling_rate,
        "regions": [each.as_record() for each in found],
    }
    TextReading.objects.update_or_create(clip=clip, defaults=read)
    return found
