"""What annotators told about clips, for those who run the campaign."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics

from annotator.judging import Reason
from annotator.models import Assignment
from annotator.selectors.flags import flags_of
from annotator.selectors.progress import campaigns_seen_by
from annotator.serializers.flags import FlagSerializer
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
