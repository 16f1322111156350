"""An annotator's own work: campaigns, stages, answers, undo."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Assignment, Membership
from annotator.selectors.loop import membership_of
from annotator.selectors.queue import after_answer, my_campaigns, stage_queue, taken_back
from annotator.selectors.rights import assignments_of
from annotator.serializers.work import (
    AnsweredSerializer,
    AnswerSerializer,
    MyCampaignSerializer,
    QueueSerializer,
    TakenBackSerializer,
)
from annotator.services.annotations import submit_annotation, undo_annotation
from config.authentication import signed_in
from datasets.vocabulary import Modality

# Made once, for it only checks; what goes out is made by selectors as its serializers describe it (tests compare them):
# to make their fields anew takes a quarter of a loop.
ANSWER = AnswerSerializer()
MODALITY_IN_PATH = OpenApiParameter("modality", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(Modality))


def my_membership(request: Request, campaign: UUID) -> Membership:
    """The asking person's part in a campaign; 404 when they have none."""
    member = membership_of(signed_in(request), campaign)
    if member is None:
        raise Http404
    return member


def named_modality(name: str) -> Modality:
    """The modality in a path; 404 for any other word."""
    if name not in list(Modality):
        raise Http404
    return Modality(name)


class MyWorkView(generics.GenericAPIView[Membership]):
    """The campaigns that one labels in."""

    pagination_class = None

    @extend_schema(responses=MyCampaignSerializer(many=True), operation_id="my_work_list")
    def get(self, request: Request) -> Response:
        """With the four stages of the batch that is open."""
        return Response(MyCampaignSerializer(my_campaigns(signed_in(request)), many=True).data)


class StageQueueView(generics.GenericAPIView[Membership]):
    """One stage with the next clips to rate."""

    @extend_schema(responses=QueueSerializer, parameters=[MODALITY_IN_PATH], operation_id="my_work_queue")
    def get(self, request: Request, campaign: UUID, modality: str) -> Response:
        """Up to four clips of this stage, in one's own order."""
        member = my_membership(request, campaign)
        return Response(stage_queue(member, named_modality(modality)))


class UndoView(generics.GenericAPIView[Membership]):
    """Take back the last answer of a stage."""

    @extend_schema(
        request=None, responses=TakenBackSerializer, parameters=[MODALITY_IN_PATH], operation_id="my_work_undo"
    )
    def post(self, request: Request, campaign: UUID, modality: str) -> Response:
        """The clip to rate again, with the score given in this same stage; it stands until another is sent."""
        member = my_membership(request, campaign)
        taken = undo_annotation(membership=member, modality=named_modality(modality))
        return Response(TakenBackSerializer(taken_back(taken)).data)


class AnnotationsView(generics.GenericAPIView[Assignment]):
    """Answers to an assignment."""

    queryset = Assignment.objects.none()

    def get_queryset(self) -> QuerySet[Assignment]:
        """One's own assignments."""
        return assignments_of(signed_in(self.request))

    @extend_schema(
        request=AnswerSerializer,
        responses={201: AnsweredSerializer, 200: AnsweredSerializer},
        operation_id="assignments_annotate",
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Rate the clip: 201 for a new answer, 200 for one that this idempotency key has stored before."""
        try:
            body = ANSWER.run_validation(request.data)
        except ValidationError:
            self.get_object()  # an assignment that is not one's own is not there, whatever was sent
            raise
        kept, created = submit_annotation(annotator=signed_in(request), assignment=pk, **body)
        return Response(after_answer(kept, created=created), status=201 if created else 200)
