"""The figures of a campaign so far."""

from typing import Any
from uuid import UUID

from annotator.models import Campaign
from annotator.selectors.decisions import standing_decisions
from annotator.selectors.labels import campaign_labels
from annotator.selectors.scores import collect_scores, complete_of
from config.sentences import sentence
from datasets.manifest import FrozenClip, FrozenScore
from datasets.questions import Report, unheard
from datasets.selectors.gathering import SettledLabels, frozen_score, gather_clips, read_clips
from datasets.services.figures import figures_of_clips
from datasets.vocabulary import Modality


def figures_of_campaign(*, campaign: Campaign, report: Report = unheard) -> dict[str, Any]:
    """Figures of the campaign's clips from the answers that count now, and of its project's unsupervised clips.

    A label is told where everybody asked has rated the clip, or an admin has decided; agreement is of all
    scores there are.
    """
    report(0, 2, sentence("reading_clips", "Reading clips and scores"))
    clips = clips_so_far(campaign)
    report(1, 2, sentence("counting", "Counting, and measuring agreement"))
    return figures_of_clips(project=campaign.project, clips=clips)


def clips_so_far(campaign: Campaign) -> list[FrozenClip]:
    """The clips as a version would freeze them if the campaign ended now."""
    fifths: dict[UUID, dict[Modality, int]] = {}
    scores: dict[UUID, dict[Modality, list[FrozenScore]]] = {}
    found, waiting = collect_scores(campaign)
    for (clip, name), given in found.items():
        scores.setdefault(clip, {})[Modality(name)] = [frozen_score(score) for score in given]
    for (clip, name), label in campaign_labels(campaign, complete_of(campaign, found, waiting)).items():
        fifths.setdefault(clip, {})[Modality(name)] = label
    for (clip, name), decision in standing_decisions(campaign).items():
        fifths.setdefault(clip, {})[Modality(name)] = decision.fifths
    gathered = gather_clips(read_clips(campaign.project), SettledLabels(fifths, scores, {}))
    rated = set(campaign.campaign_clips.values_list("clip_id", flat=True))
    return [clip for clip in gathered.clips if not clip.supervised or gathered.keys[clip.key] in rated]
