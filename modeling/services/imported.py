"""Feature sets that came ready with an import, beside those that were extracted here."""

from pathlib import Path

from django.db import transaction

from config.sentences import sentence
from datasets.features import open_ragged
from datasets.ingest.feature_files import IMPORTED, Filled
from datasets.media import storage
from datasets.models import Version
from datasets.vocabulary import Modality
from modeling.launching import start_ready_runs
from modeling.models import FeatureSet

NOT_IN_FILE = sentence("not_in_file", "The imported file has no features of it.")


def keep_imported_features(version: Version, modality: Modality, path: Path, filled: Filled) -> str:
    """Keep a ready feature file as a complete feature set of the version, the same file once; returns its id."""
    sha256 = storage.sha256_of(path)
    known = FeatureSet.objects.complete().filter(version=version, modality=modality, digest=sha256).first()
    if known:
        return str(known.pk)
    feature_set = FeatureSet(
        version=version,
        modality=modality,
        extractor=IMPORTED,
        digest=sha256,  # of the content: nothing else tells what made it
        sha256=sha256,
        columns=open_ragged(path).columns,
        frames=filled.frames,
        failures=[{"clip": clip, "reason": NOT_IN_FILE.as_record()} for clip in filled.missing],
    )
    feature_set.file = storage.keep(path, f"features/{feature_set.pk}.arrow")
    with transaction.atomic():
        locked = Version.objects.select_for_update().get(pk=version.pk)
        feature_set.save()
        start_ready_runs(locked)
    return str(feature_set.pk)
