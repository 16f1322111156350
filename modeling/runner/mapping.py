"""The job that maps a run's representations to planes."""

from typing import Any

import numpy as np

from config.sentences import sentence
from datasets.runner import Work, handles
from datasets.vocabulary import Modality
from modeling.batches import Float32
from modeling.corpus import RunCorpus, open_corpus
from modeling.errors import CannotMap
from modeling.models import RepresentationMap
from modeling.prediction import TrainedModel, trained_network
from modeling.stored_models import stored_model
from modeling.understanding.representations import TooFewClips, map_to_plane, represent, sample_rows

# t-SNE compares every clip with every other one.
MOST_CLIPS = 2000
DIGITS = 4


@handles("map_representations")
def map_representations(work: Work) -> dict[str, Any]:
    """Represent the supervised clips, at most MOST_CLIPS of them, and map one modality after the other."""
    wanted = RepresentationMap.objects.select_related("run").get(pk=work.payload["map"])
    model = stored_model(wanted.run)
    with open_corpus(wanted.run) as corpus:
        rows = sample_rows(np.flatnonzero(corpus.corpus.supervised), most=MOST_CLIPS, seed=wanted.seed)
        represented = _represent(model, corpus, rows)
        clips = [str(corpus.clips[row]) for row in rows]
    points = {}
    for place, (modality, values) in enumerate(represented.items()):
        work.progress(place, len(represented), sentence("mapping", "t-SNE: {modality}", modality=modality))
        points[str(modality)] = _points(values, wanted)
    with work.commit():
        wanted.result = {"clips": clips, "points": points}
        wanted.save(update_fields=["result"])
    return {"map": str(wanted.pk), "clips": len(clips)}


def _represent(model: TrainedModel, corpus: RunCorpus, rows: np.ndarray[Any, Any]) -> dict[Modality, Float32]:
    network, batch_size = trained_network(model), model.recipe.batch_size
    return represent(network, corpus.corpus, rows, scaling=model.scaling, batch_size=batch_size)


def _points(values: Float32, wanted: RepresentationMap) -> list[list[float]]:
    try:
        plane = map_to_plane(values, perplexity=wanted.perplexity, seed=wanted.seed)
    except TooFewClips as error:
        raise CannotMap(str(error)) from error
    rounded: list[list[float]] = np.round(plane.astype(float), DIGITS).tolist()
    return rounded
