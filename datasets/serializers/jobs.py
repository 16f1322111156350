"""Shapes of jobs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.api import SentenceSerializer
from config.sentences import as_record
from datasets.jobs import seconds_left
from datasets.models import Job

JOB_FIELDS = [
    "id", "project", "kind", "title", "state", "done", "total", "doing", "error", "said", "log_tail", "result",
    "attempts", "created_at", "started_at", "finished_at", "can_cancel", "can_retry", "seconds_left",
]  # fmt: skip


class JobWordsSerializer(serializers.Serializer[Job]):
    """A job's sentences with their codes and facts."""

    title = serializers.SerializerMethodField()
    doing = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()

    @extend_schema_field(SentenceSerializer)
    def get_title(self, job: Job) -> object:
        """What it is."""
        return as_record(job.said("title"))

    @extend_schema_field(SentenceSerializer)
    def get_doing(self, job: Job) -> object:
        """What it does now."""
        return as_record(job.said("doing"))

    @extend_schema_field(SentenceSerializer)
    def get_error(self, job: Job) -> object:
        """Why it failed."""
        return as_record(job.said("error"))


class JobSerializer(serializers.ModelSerializer[Job]):
    """Long work as people follow it."""

    said = JobWordsSerializer(source="*", read_only=True)
    can_cancel = serializers.SerializerMethodField()
    can_retry = serializers.SerializerMethodField()
    seconds_left = serializers.SerializerMethodField(help_text="estimate from the pace so far; null when unknown")

    class Meta:
        model = Job
        fields = JOB_FIELDS

    def get_can_cancel(self, job: Job) -> bool:
        """Whether it still runs or waits, and nobody asked yet."""
        return job.state not in Job.ENDED and not job.cancel_requested

    def get_can_retry(self, job: Job) -> bool:
        """Whether it ended without success."""
        return job.state in (Job.State.FAILED, Job.State.CANCELLED)

    def get_seconds_left(self, job: Job) -> int | None:
        """Time left at the pace so far."""
        return seconds_left(job)


class BegunSerializer(serializers.Serializer[object]):
    """That something takes too long for one answer: the job that does it, to be followed."""

    job = JobSerializer()


class PartSerializer(serializers.Serializer[Any]):
    """A part that failed, and why."""

    title = serializers.CharField()
    error = serializers.CharField()
    said = JobWordsSerializer(source="*", read_only=True)


class JobDetailSerializer(JobSerializer):
    """A job with the parts of it that failed."""

    failed_parts = serializers.SerializerMethodField()

    class Meta(JobSerializer.Meta):
        fields = [*JOB_FIELDS, "failed_parts"]

    @extend_schema_field(PartSerializer(many=True))
    def get_failed_parts(self, job: Job) -> object:
        """The first hundred failures."""
        return PartSerializer(job.children.filter(state=Job.State.FAILED)[:100], many=True).data
