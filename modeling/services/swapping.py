"""Same words, other faces: a run's predictions for words with the voices and faces of other clips."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import numpy as np

from config.errors import NotFound
from datasets.features import open_ragged
from datasets.media import storage
from datasets.models import Version, VersionClip
from datasets.vocabulary import Modality, Split
from modeling.batches import Corpus, Ragged
from modeling.errors import CannotSwap
from modeling.models import FeatureSet, Run
from modeling.networks.unimodal import Network
from modeling.prediction import TrainedModel, trained_network
from modeling.stored_models import stored_model
from modeling.understanding.swapping import Mixture, predict_mixtures, spread_evenly

# The paper shows six scenarios, from strongly negative to strongly positive.
DONORS = 6
MOST_DONORS = 12
Predicted = dict[str, float]  # by task, within -1 … 1


@dataclass(frozen=True)
class Swapped:
    """What becomes of the words with one donor's voice, face, or both."""

    donor: VersionClip
    both: Predicted
    voice: Predicted
    face: Predicted


@dataclass(frozen=True)
class Swaps:
    """Words as they were recorded, and with every donor. No mixture was ever recorded by anybody."""

    words: VersionClip
    own: Predicted
    swapped: list[Swapped]


def swap_faces(*, run: Run, words: UUID | None = None, donors: Sequence[UUID] = ()) -> Swaps:
    """Predictions for the words of one clip with the voices and faces of others.

    Without `words`, those of the test clip whose text is most neutral; without `donors`, DONORS test clips spread
    evenly from the most negative to the most positive. Raises NotFound for a clip that is not in the run's version,
    CannotSwap for too many donors, RunUnfinished and RunFailed as stored_model does.
    """
    if len(donors) > MOST_DONORS:
        raise CannotSwap(f"{len(donors)} donors are too many at once: name at most {MOST_DONORS}.")
    model, network = opened(run)
    spoken = _row(run.version, words) if words else _most_neutral(run.version)
    lenders = [_row(run.version, donor) for donor in donors] or _spread_donors(run.version, spoken)
    told = _predict(run, model, network, _mixtures(spoken, lenders))
    swapped = [Swapped(lender, *told[1 + 3 * place : 4 + 3 * place]) for place, lender in enumerate(lenders)]
    return Swaps(spoken, told[0], swapped)


def _mixtures(spoken: VersionClip, lenders: Sequence[VersionClip]) -> list[Mixture]:
    """The clip itself, then voice and face, voice, and face of every lender."""
    own = spoken.order
    mixtures = [Mixture(own, own, own)]
    for lender in lenders:
        other = lender.order
        mixtures += [Mixture(own, other, other), Mixture(own, other, own), Mixture(own, own, other)]
    return mixtures


def _predict(run: Run, model: TrainedModel, network: Network, mixtures: Sequence[Mixture]) -> list[Predicted]:
    with ExitStack() as files:
        features = {modality: _open(files, each) for modality, each in run.feature_sets.items()}
        clips = len(next(iter(features.values())).lengths)
        unknown = np.full(clips, np.nan, np.float32)  # nothing here reads a label
        corpus = Corpus(features, dict.fromkeys(Modality, unknown), np.zeros(clips, np.bool_))
        predicted = predict_mixtures(network, corpus, mixtures, scaling=model.scaling)
    return [{str(task): float(values[place]) for task, values in predicted.items()} for place in range(len(mixtures))]


def _open(files: ExitStack, feature_set: FeatureSet) -> Ragged:
    stored = open_ragged(files.enter_context(storage.local(feature_set.file)))
    return Ragged(values=stored.values, offsets=stored.offsets)


@lru_cache(maxsize=4)
def opened(run: Run) -> tuple[TrainedModel, Network]:
    """A finished run's model, kept in this process: its weights never change."""
    model = stored_model(run)
    return model, trained_network(model)


def _row(version: Version, clip: UUID) -> VersionClip:
    found = VersionClip.objects.filter(version=version, clip=clip).select_related("clip__source").first()
    if found is None:
        raise NotFound(f"The clip {clip} is not in version {version.number}.")
    return found


def _tested(version: Version) -> list[VersionClip]:
    rows = VersionClip.objects.filter(version=version, split=Split.TEST, multimodal__isnull=False)
    return list(rows.select_related("clip__source").order_by("order"))


def _most_neutral(version: Version) -> VersionClip:
    tested = [row for row in _tested(version) if row.text is not None] or _tested(version)
    if not tested:
        raise CannotSwap(f"Version {version.number} has no test clip whose words could be taken: name a clip.")
    return min(tested, key=lambda row: (abs(row.text or 0), row.order))


def _spread_donors(version: Version, spoken: VersionClip) -> list[VersionClip]:
    others = [row for row in _tested(version) if row.pk != spoken.pk]
    return [others[place] for place in spread_evenly([(row.multimodal or 0) / 5 for row in others], DONORS)]
