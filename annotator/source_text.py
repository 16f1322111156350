"""The text that is burned into a source's picture: read once, by one worker, for all of its clips."""

import time

from django.db.models import Q, QuerySet, Sum

from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region, find_text_regions, regions_within
from annotator.isolation.parameters import IsolationParameters
from annotator.selectors.isolation import drawing_of
from datasets.media.storage import local
from datasets.models import Clip, Job, Source
from datasets.runner import Work

# A source is read once for all of its clips unless they are less than this share of it.
SHARE_WORTH_READING = 0.5
SECONDS_BETWEEN_LOOKS = 0.5


def wait_for_reading(work: Work, source: Source) -> None:
    """Wait while a part that began earlier, for a clip of the same source, may be reading that source.

    Reading it twice would cost what waiting saves. Whoever began first waits for nobody, so no two wait for each other,
    and a part whose worker died runs no longer.
    """
    while must_be_read(source) and _earlier_parts(work.job, source).exists():
        work.check()
        time.sleep(SECONDS_BETWEEN_LOOKS)
        source.refresh_from_db(fields=["text_regions"])


def must_be_read(source: Source) -> bool:
    """Whether the next clip of the source needs a reading of all of it."""
    return source.text_regions is None and drawing_of(source) is None and is_worth_reading(source)


def _earlier_parts(mine: Job, source: Source) -> QuerySet[Job]:
    clips = [str(pk) for pk in source.clips.values_list("pk", flat=True)]
    earlier = Q(started_at__lt=mine.started_at) | Q(started_at=mine.started_at, pk__lt=mine.pk)
    return Job.objects.filter(earlier, kind=mine.kind, state=Job.State.RUNNING, payload__clip__in=clips)


def text_regions_of(clip: Clip, parameters: IsolationParameters) -> list[Region] | None:
    """Burned-in text of the clip, as an admin drew it or from one reading of its whole source.

    None when the clip is to be read itself.
    """
    source = clip.source
    if drawing := drawing_of(source):
        return [Region(Box(**box), 0.0, clip.seconds) for box in drawing.boxes]
    if source.text_regions is None:
        if not is_worth_reading(source):
            return None
        with local(source.file) as file:
            found = find_text_regions(file, rate=parameters.sampling_rate)
        source.text_regions = [region.as_record() for region in found]
        Source.objects.filter(pk=source.pk).update(text_regions=source.text_regions)
    regions = [Region.from_record(record) for record in source.text_regions]
    return regions_within(regions, clip.start or 0.0, clip.end or 0.0)


def is_worth_reading(source: Source) -> bool:
    """Whether the source's file is there and its clips make up enough of it."""
    if not source.file or not source.seconds:
        return False
    covered = source.clips.aggregate(seconds=Sum("seconds"))["seconds"] or 0.0
    return bool(covered >= SHARE_WORTH_READING * source.seconds)
