"""Shapes of versions, their tables and their exports."""

from typing import Any

from rest_framework import serializers

from datasets.models import Export, Version, VersionClip
from datasets.serializers.clips import LabelsSerializer
from datasets.serializers.isolation import IsolationReportSerializer
from datasets.serializers.jobs import JobSerializer
from datasets.services.exports import FORMATS
from datasets.splitting import Grouping
from datasets.statistics import UNSUPERVISED
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality, Split

LARGEST_SEED = 2**31 - 1  # what the database holds


class ClassCountsSerializer(serializers.Serializer[Any]):
    """Clips of each class; null where there are no labels."""

    NEG = serializers.IntegerField(allow_null=True)
    WNEG = serializers.IntegerField(allow_null=True)
    NEU = serializers.IntegerField(allow_null=True)
    WPOS = serializers.IntegerField(allow_null=True)
    POS = serializers.IntegerField(allow_null=True)


class Table1RowSerializer(ClassCountsSerializer):
    """A row of the paper's Table 1."""

    split = serializers.CharField(help_text=f"train, valid, test, all or {UNSUPERVISED}")
    total = serializers.IntegerField()


class SplitClassesSerializer(serializers.Serializer[Any]):
    """Classes by split."""

    train = ClassCountsSerializer()
    valid = ClassCountsSerializer()
    test = ClassCountsSerializer()


class ModalityClassesSerializer(serializers.Serializer[Any]):
    """Classes by modality and split."""

    text = SplitClassesSerializer()
    audio = SplitClassesSerializer()
    vision = SplitClassesSerializer()
    multimodal = SplitClassesSerializer()


class SplitCountsSerializer(serializers.Serializer[Any]):
    """Clips by split."""

    train = serializers.IntegerField()
    valid = serializers.IntegerField()
    test = serializers.IntegerField()


class SplitDistancesSerializer(serializers.Serializer[Any]):
    """How far each split's class shares are from those of all clips, 0 … 1; null for an empty split."""

    train = serializers.FloatField(allow_null=True)
    valid = serializers.FloatField(allow_null=True)
    test = serializers.FloatField(allow_null=True)


class LeakSerializer(serializers.Serializer[Any]):
    """A source or speaker that is in several splits."""

    name = serializers.CharField()
    splits = serializers.ListField(child=serializers.CharField())


class LeaksSerializer(serializers.Serializer[Any]):
    """What is in several splits; both lists are empty for splits made by speaker."""

    sources = LeakSerializer(many=True)
    speakers = LeakSerializer(many=True)


class DurationsSerializer(SplitCountsSerializer):
    """How long clips last, in milliseconds."""

    unsupervised = serializers.IntegerField()
    all = serializers.IntegerField()
    shortest = serializers.IntegerField()
    longest = serializers.IntegerField()


class MissingSerializer(serializers.Serializer[Any]):
    """Labels that are not settled yet, by modality."""

    text = serializers.IntegerField()
    audio = serializers.IntegerField()
    vision = serializers.IntegerField()
    multimodal = serializers.IntegerField()


class LeftOutSerializer(serializers.Serializer[Any]):
    """Supervised clips that were left out for lack of labels; the first of them by name."""

    clips = serializers.IntegerField()
    missing = MissingSerializer()
    names = serializers.ListField(child=serializers.CharField())


class GroupingJudgementSerializer(serializers.Serializer[Any]):
    """Whether clips can be split when this is kept together."""

    split_by = serializers.CharField(help_text="speaker, source or clip")
    groups = serializers.IntegerField()
    largest = serializers.IntegerField(help_text="clips of the largest group")
    feasible = serializers.BooleanField(help_text="whether every split gets a group")
    near_shares = serializers.BooleanField(help_text="whether no group is larger than the training split should be")


class ScarceClassSerializer(serializers.Serializer[Any]):
    """A class with fewer clips than there are splits."""

    name = serializers.CharField()
    clips = serializers.IntegerField()


class FeasibilitySerializer(serializers.Serializer[Any]):
    """What could be kept together, and which classes some split must lack."""

    groupings = GroupingJudgementSerializer(many=True)
    scarce = ScarceClassSerializer(many=True)


class ConsentSerializer(serializers.Serializer[Any]):
    """Sources of which one consent is recorded; blank for those without."""

    consent = serializers.CharField()
    sources = serializers.IntegerField()


class ProvenanceSerializer(serializers.Serializer[Any]):
    """Where the material comes from and under which terms, in the publisher's words; blank where nothing was said."""

    description = serializers.CharField()
    licence = serializers.CharField()
    collection = serializers.CharField()
    consent = serializers.CharField()
    origins = serializers.IntegerField(help_text="sources whose origin is recorded")
    consents = ConsentSerializer(many=True, help_text="most sources first, those without one last")


class StatisticsSerializer(serializers.Serializer[Any]):
    """Tables and figures of a version."""

    table1 = Table1RowSerializer(many=True)
    splits = SplitCountsSerializer()
    clips = serializers.IntegerField()
    supervised = serializers.IntegerField()
    unsupervised = serializers.IntegerField()
    classes = ModalityClassesSerializer()
    class_distance = SplitDistancesSerializer()
    leaks = LeaksSerializer()
    sources = serializers.IntegerField()
    speakers = serializers.IntegerField()
    scenarios = serializers.DictField(child=serializers.IntegerField())
    milliseconds = DurationsSerializer()
    scores = serializers.IntegerField(help_text="annotators' scores behind the labels")
    simulated_scores = serializers.IntegerField(help_text="those of them that a program made")
    left_out = LeftOutSerializer()
    split_by = serializers.CharField(
        required=False, help_text="what was kept together in one split: speaker, source or clip"
    )
    feasibility = FeasibilitySerializer(required=False)
    origins = serializers.DictField(
        child=serializers.IntegerField(), required=False, help_text="supervised clips by who settled their labels"
    )
    isolation = IsolationReportSerializer(many=True, required=False, help_text="by campaign")
    provenance = ProvenanceSerializer(required=False)


class VersionSerializer(serializers.ModelSerializer[Version]):
    """A frozen version."""

    project_name = serializers.CharField(source="project.name")
    author = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    parent_number = serializers.CharField(source="parent.number", default=None, allow_null=True)
    statistics = StatisticsSerializer()

    class Meta:
        model = Version
        fields = (
            "id", "project", "project_name", "number", "sha256", "seed", "notes", "simulated", "author", "created_at",
            "parent", "parent_number", "withdrawn_at", "withdrawn_reason", "statistics",
        )  # fmt: skip


class WithdrawSerializer(serializers.Serializer[Any]):
    """Why nobody should use the version any more."""

    reason = serializers.CharField(max_length=2000)


class DraftSerializer(serializers.Serializer[Any]):
    """What to freeze."""

    project = serializers.UUIDField()
    seed = serializers.IntegerField(min_value=0, max_value=LARGEST_SEED, default=1111)
    split_by = serializers.ChoiceField(
        choices=list(Grouping),
        default=Grouping.STRICTEST,
        help_text="what may not be in two splits: speaker (and source), source, or clip (then splits leak); strictest "
        "takes the first of these that leaves no split empty",
    )


class PublishSerializer(DraftSerializer):
    """What to freeze, and what is new in it."""

    notes = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class PreviewSerializer(serializers.Serializer[Any]):
    """What publishing would do now."""

    feasible = serializers.BooleanField()
    code = serializers.CharField(allow_null=True, help_text="stable name of the reason why not")
    reason = serializers.CharField(allow_null=True, help_text="why not")
    number = serializers.CharField(allow_null=True, help_text="number that the version would get, or has")
    same_as = serializers.UUIDField(allow_null=True, help_text="the version that already has this content")
    statistics = StatisticsSerializer(allow_null=True)


class FrozenScoreSerializer(serializers.Serializer[Any]):
    """One annotator's score, by pseudonym."""

    annotator = serializers.CharField()
    score = serializers.IntegerField(min_value=LOWEST_SCORE, max_value=HIGHEST_SCORE)
    seconds = serializers.FloatField(allow_null=True)
    plays = serializers.IntegerField(allow_null=True)
    simulated = serializers.BooleanField()


class FrozenScoresSerializer(serializers.Serializer[Any]):
    """Scores by modality; a modality without scores is absent."""

    text = FrozenScoreSerializer(many=True, required=False)
    audio = FrozenScoreSerializer(many=True, required=False)
    vision = FrozenScoreSerializer(many=True, required=False)
    multimodal = FrozenScoreSerializer(many=True, required=False)


class VersionClipSerializer(serializers.ModelSerializer[VersionClip]):
    """A clip as a version froze it. Expects its clip and source to be fetched along."""

    id = serializers.UUIDField(source="clip_id", help_text="id of the clip")
    video_id = serializers.CharField(source="clip.source.video_id")
    clip_id = serializers.CharField(source="clip.clip_id")
    speaker = serializers.CharField(source="clip.speaker")
    scenario = serializers.CharField(source="clip.scenario")
    labels = serializers.SerializerMethodField()
    scores = FrozenScoresSerializer()
    seconds = serializers.FloatField(source="clip.seconds")
    thumbnail_url = serializers.SerializerMethodField()
    media_url = serializers.SerializerMethodField()

    class Meta:
        model = VersionClip
        fields = (
            "id", "order", "video_id", "clip_id", "transcript", "speaker", "scenario", "split", "supervised", "labels",
            "scores", "seconds", "media_sha256", "thumbnail_url", "media_url",
        )  # fmt: skip

    def get_labels(self, row: VersionClip) -> LabelsSerializer:
        """By modality, -1.0 … 1.0."""
        fifths: dict[str, int | None] = {str(modality): getattr(row, modality) for modality in Modality}
        values = {modality: None if value is None else value / 5 for modality, value in fifths.items()}
        return LabelsSerializer(values).data  # type: ignore[return-value]  # the annotation names the schema

    def get_thumbnail_url(self, row: VersionClip) -> str | None:
        """Where its picture is; null when it has none."""
        return f"/api/clips/{row.clip_id}/thumbnail/" if row.clip.thumbnail else None

    def get_media_url(self, row: VersionClip) -> str:
        """Where its video is."""
        return f"/api/clips/{row.clip_id}/media/"


class VersionClipFilterSerializer(serializers.Serializer[Any]):
    """What a version's clips can be filtered by."""

    split = serializers.ChoiceField(choices=[*Split, UNSUPERVISED], required=False)


class ExportRequestSerializer(serializers.Serializer[Any]):
    """Which file to make."""

    format = serializers.ChoiceField(choices=FORMATS, default="chsims")
    include_media = serializers.BooleanField(default=True, help_text="put the clips' videos in")
    although_withdrawn = serializers.BooleanField(
        default=False, help_text="must be true for a version that was withdrawn; the files then say so"
    )


class ExportSerializer(serializers.ModelSerializer[Export]):
    """A file made from a version; without sha256 and bytes until its job has ended well."""

    job = JobSerializer(allow_null=True)
    include_media = serializers.BooleanField(source="options.include_media")
    download_url = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = (
            "id", "version", "format", "include_media", "job", "sha256", "bytes", "created_at", "download_url",
        )  # fmt: skip

    def get_download_url(self, export: Export) -> str | None:
        """Where the file is; null until it is complete."""
        return f"/api/exports/{export.pk}/download/" if export.file else None
