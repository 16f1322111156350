"""What annotators told about clips, for those who run the campaign."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics

from annotator.judging import Reason
from annotator.models import Assignment, CalibrationAnswer
from annotator.selectors.flags import calibration_flags_of, flags_of
from annotator.selectors.progress import campaigns_seen_by
from annotator.serializers.flags import CalibrationFlagSerializer, FlagSerializer
from config.api import KeysetPagination
from config.authentication import signed_in
from datasets.vocabulary import Modality


class ByClip(KeysetPagination):
    """In the project's order of clips."""

    ordering = ("clip__order", "pk")


@extend_schema_view(
    get=extend_schema(
        operation_id="campaigns_flags_list",
        parameters=[
            OpenApiParameter("reason", enum=[*Reason]),
            OpenApiParameter("modality", enum=[*Modality]),
        ],
    )
)
class CampaignFlagsView(generics.ListAPIView[Assignment]):
    """Clips that annotators could not judge or commented on."""

    serializer_class = FlagSerializer
    pagination_class = ByClip
    queryset = Assignment.objects.none()

    def get_queryset(self) -> QuerySet[Assignment]:
        """Filtered by reason and modality."""
        campaign = generics.get_object_or_404(campaigns_seen_by(signed_in(self.request)), pk=self.kwargs["pk"])
        wanted = self.request.query_params
        return flags_of(campaign, reason=wanted.get("reason", ""), modality=wanted.get("modality", ""))


class ByReferenceClip(KeysetPagination):
    """In the project's order of clips."""

    ordering = ("reference__clip__order", "pk")


@extend_schema_view(
    get=extend_schema(
        operation_id="campaigns_calibration_flags_list", parameters=[OpenApiParameter("modality", enum=[*Modality])]
    )
)
class CalibrationFlagsView(generics.ListAPIView[CalibrationAnswer]):
    """Reference clips that annotators could not judge in their calibration."""

    serializer_class = CalibrationFlagSerializer
    pagination_class = ByReferenceClip
    queryset = CalibrationAnswer.objects.none()

    def get_queryset(self) -> QuerySet[CalibrationAnswer]:
        """Filtered by modality."""
        campaign = generics.get_object_or_404(campaigns_seen_by(signed_in(self.request)), pk=self.kwargs["pk"])
        return calibration_flags_of(campaign, modality=self.request.query_params.get("modality", ""))
