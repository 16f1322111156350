"""What an annotator goes through before a stage, and has beside it: standards, calibration, checks, pace."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Membership
from annotator.preparing import CHECKS, Check, Preparation, is_fresh
from annotator.selectors.calibration import calibration_of, standards_of
from annotator.selectors.pace import pace_of
from annotator.serializers.before import (
    CalibrationAnsweredSerializer,
    CalibrationAnswerSerializer,
    CalibrationSerializer,
    CheckRequestSerializer,
    CheckStateSerializer,
    PaceSerializer,
    StandardSerializer,
)
from annotator.services.calibration import rate_reference, record_check
from annotator.views.work import MODALITY_IN_PATH, my_membership, named_modality
from datasets.vocabulary import Modality

# What this browser session has checked: times by campaign and stage.
CHECKED = "checked"


class StandardsView(generics.GenericAPIView[Membership]):
    """Clips that show what each score means in a stage."""

    pagination_class = None

    @extend_schema(
        responses=StandardSerializer(many=True), parameters=[MODALITY_IN_PATH], operation_id="my_work_standards"
    )
    def get(self, request: Request, campaign: UUID, modality: str) -> Response:
        """Of the open stage alone."""
        found = standards_of(my_membership(request, campaign), named_modality(modality))
        return Response(StandardSerializer(found, many=True).data)


class CalibrationView(generics.GenericAPIView[Membership]):
    """Reference clips to rate before a stage opens."""

    @extend_schema(responses=CalibrationSerializer, parameters=[MODALITY_IN_PATH], operation_id="my_work_calibration")
    def get(self, request: Request, campaign: UUID, modality: str) -> Response:
        """The next clip, and how the round goes."""
        found = calibration_of(my_membership(request, campaign), named_modality(modality))
        return Response(CalibrationSerializer(found).data)

    @extend_schema(
        request=CalibrationAnswerSerializer,
        responses={201: CalibrationAnsweredSerializer},
        parameters=[MODALITY_IN_PATH],
        operation_id="my_work_calibrate",
    )
    def post(self, request: Request, campaign: UUID, modality: str) -> Response:
        """Rate it; tells how far from the reference. Never an annotation."""
        member, stage = my_membership(request, campaign), named_modality(modality)
        body = CalibrationAnswerSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        told = rate_reference(membership=member, modality=stage, number=given.pop("round"), **given)
        return Response(CalibrationAnsweredSerializer(told).data, status=201)


def check_state(request: Request, member: Membership, modality: Modality) -> Response:
    """What is still to be tried in this browser session."""
    kept = request.session.get(CHECKED, {}).get(f"{member.campaign_id} {modality}")
    checked_at = datetime.fromisoformat(kept) if kept else None
    asked = Preparation.from_record(member.campaign.preparation).checks
    done = modality in member.checked and is_fresh(checked_at, timezone.now())
    needed: tuple[Check, ...] = CHECKS[modality] if asked and not done else ()
    return Response(CheckStateSerializer({"needed": needed, "checked_at": checked_at}).data)


class CheckView(generics.GenericAPIView[Membership]):
    """Whether sound is heard and greys are seen."""

    @extend_schema(responses=CheckStateSerializer, parameters=[MODALITY_IN_PATH], operation_id="my_work_check")
    def get(self, request: Request, campaign: UUID, modality: str) -> Response:
        """What to try before this stage; nothing where it was tried in this browser session within half a day."""
        return check_state(request, my_membership(request, campaign), named_modality(modality))

    @extend_schema(
        request=CheckRequestSerializer,
        responses=CheckStateSerializer,
        parameters=[MODALITY_IN_PATH],
        operation_id="my_work_checked",
    )
    def post(self, request: Request, campaign: UUID, modality: str) -> Response:
        """Say that it was tried or skipped: kept on record, and in this browser session."""
        member, stage = my_membership(request, campaign), named_modality(modality)
        body = CheckRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        check = record_check(membership=member, modality=stage, **body.validated_data)
        kept = {f"{member.campaign_id} {stage}": check.made_at.isoformat()}
        request.session[CHECKED] = request.session.get(CHECKED, {}) | kept
        return check_state(request, member, stage)


class PaceView(generics.GenericAPIView[Membership]):
    """How one gets on."""

    @extend_schema(responses=PaceSerializer, operation_id="my_work_pace")
    def get(self, request: Request, campaign: UUID) -> Response:
        """Pace, time left, time since the last break, and the last session."""
        return Response(PaceSerializer(pace_of(my_membership(request, campaign))).data)
