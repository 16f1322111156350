"""Shapes of campaigns, their progress and their renditions, for admins and researchers."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotator.isolation.parameters import MODES
from annotator.models import RULES, Campaign, Membership
from annotator.scheduling import MOST_REPEATED, REPEAT_SHARE
from datasets.serializers.jobs import JobSerializer

ISOLATION_MODES = tuple(MODES)


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    """A campaign in a list."""

    project_name = serializers.CharField(source="project.name")
    simulated = serializers.BooleanField(source="project.simulated")
    aggregation = serializers.ChoiceField(choices=RULES, help_text="the rule that makes labels of scores")
    repeats = serializers.FloatField(help_text="share of a stage's clips that each annotator is shown twice")

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = (
            "id",
            "project",
            "project_name",
            "name",
            "state",
            "batch_size",
            "seed",
            "repeats",
            "aggregation",
            "simulated",
            "created_at",
        )


class CampaignCountsSerializer(serializers.Serializer[object]):
    """How large a campaign is and how much of it is answered."""

    clips = serializers.IntegerField()
    batches = serializers.IntegerField()
    annotators = serializers.IntegerField()
    assignments = serializers.IntegerField(help_text="answers asked for, repeats included")
    answered = serializers.IntegerField()
    repeats = serializers.IntegerField(help_text="those that ask for a clip a second time")
    labels = serializers.IntegerField(help_text="labels settled by this campaign")


class RenditionCountsSerializer(serializers.Serializer[object]):
    """Renditions made so far, of all that the campaign needs."""

    made = serializers.IntegerField()
    passed = serializers.IntegerField()
    failed = serializers.IntegerField()
    total = serializers.IntegerField()


class DoneSerializer(serializers.Serializer[object]):
    """Answers given, of all assignments, over all batches."""

    done = serializers.IntegerField()
    total = serializers.IntegerField()


class StagesDoneSerializer(serializers.Serializer[object]):
    """One annotator's four stages."""

    text = DoneSerializer()
    audio = DoneSerializer()
    vision = DoneSerializer()
    multimodal = DoneSerializer()


class ProgressSerializer(serializers.Serializer[object]):
    """How far one annotator is."""

    annotator = serializers.CharField()
    pseudonym = serializers.CharField()
    state = serializers.ChoiceField(choices=Membership.State.choices)
    reason = serializers.CharField(help_text="of the last change of state")
    simulated = serializers.BooleanField(help_text="whether any of the answers was made by a program")
    stages = StagesDoneSerializer()


class CampaignDetailSerializer(CampaignSerializer):
    """A campaign with its counts and its progress; no scores."""

    counts = CampaignCountsSerializer()
    renditions = RenditionCountsSerializer()
    progress = ProgressSerializer(many=True)
    job = JobSerializer(allow_null=True, help_text="what gives out its assignments at this moment, or broke doing so")
    aggregation_job = JobSerializer(allow_null=True, help_text="what settles its labels at this moment")

    class Meta(CampaignSerializer.Meta):
        fields = (*CampaignSerializer.Meta.fields, "counts", "renditions", "progress", "job", "aggregation_job")


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "enum": ["supervised"]},
            {"type": "array", "items": {"type": "string", "format": "uuid"}},
        ]
    }
)
class ClipsField(serializers.Field[Any, Any, Any, Any]):  # Any: either a word or a list
    """The word "supervised" (None inside) or a list of clip ids."""

    def to_internal_value(self, data: object) -> list[UUID] | None:
        """Check and convert."""
        if data == "supervised":
            return None
        ids: list[UUID] = serializers.ListField(child=serializers.UUIDField(), allow_empty=False).run_validation(data)
        return ids


class NewCampaignSerializer(serializers.Serializer[object]):
    """What a campaign is made from."""

    project = serializers.UUIDField()
    name = serializers.CharField(max_length=100, required=False, default="")
    annotators = serializers.ListField(child=serializers.CharField(max_length=150), allow_empty=False, max_length=100)
    batch_size = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)
    clips = ClipsField(required=False, default=None)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=1111)
    repeats = serializers.FloatField(
        min_value=0, max_value=MOST_REPEATED, required=False, default=REPEAT_SHARE,
        help_text="share of a stage's clips that each annotator is shown twice; 0 turns it off",
    )  # fmt: skip
    isolation = serializers.ChoiceField(choices=ISOLATION_MODES, required=False, default="default")
    isolation_settings = serializers.DictField(
        required=False, default=dict, help_text="single settings that differ from the mode of isolation"
    )


class NewAccountSerializer(serializers.Serializer[object]):
    """An account made for a new annotator; its password is told this once."""

    username = serializers.CharField()
    password = serializers.CharField()


class RequestedCampaignSerializer(serializers.Serializer[object]):
    """A campaign to be, the job that makes it (ended already where it is small), and the accounts made for it."""

    campaign = serializers.UUIDField(help_text="the id that it has once the job has ended well")
    name = serializers.CharField()
    job = JobSerializer()
    new_accounts = NewAccountSerializer(many=True)


class NewAnnotatorsSerializer(serializers.Serializer[object]):
    """People to ask, and about which clips."""

    usernames = serializers.ListField(child=serializers.CharField(max_length=150), allow_empty=False, max_length=100)
    clips = serializers.ListField(
        child=serializers.UUIDField(), allow_null=True, default=None, help_text="null: all clips of the campaign"
    )


class AskedPeopleSerializer(serializers.Serializer[object]):
    """The job that takes people in (ended already where little is given out), and the accounts made for them."""

    job = JobSerializer()
    new_accounts = NewAccountSerializer(many=True)


class AnnotatorChangeSerializer(serializers.Serializer[object]):
    """A new state of an annotator, and why."""

    state = serializers.ChoiceField(choices=[state.value for state in Membership.SETTABLE])
    reason = serializers.CharField(max_length=2000)


class ReplacementSerializer(serializers.Serializer[object]):
    """Who rates instead, and why."""

    username = serializers.CharField(max_length=150)
    reason = serializers.CharField(max_length=2000)


class SettledSerializer(serializers.Serializer[object]):
    """What aggregation wrote, by which rule, and what it could not."""

    rule = serializers.ChoiceField(choices=RULES)
    labels = serializers.IntegerField()
    clips = serializers.IntegerField(help_text="clips with all four labels")
    incomplete = serializers.IntegerField(help_text="clips that wait for scores")
    incomplete_clips = serializers.ListField(child=serializers.CharField(), help_text="the first hundred")
