"""The quality of a campaign's scores, for those who run it and do not rate in it."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Campaign
from annotator.selectors.progress import campaigns_seen_by
from annotator.selectors.quality import quality_of
from annotator.serializers.quality import QualitySerializer
from annotator.views.people import require_sight
from config.authentication import signed_in


def campaign_with_scores(request: Request, pk: str) -> Campaign:
    """A campaign that the person may see (else 404) and whose scores they may know (else 403)."""
    campaign = generics.get_object_or_404(campaigns_seen_by(signed_in(request)), pk=pk)
    require_sight(signed_in(request), campaign)
    return campaign


class QualityView(generics.GenericAPIView[Campaign]):
    """Agreement, annotators and suspicions."""

    @extend_schema(responses=QualitySerializer, operation_id="campaigns_quality")
    def get(self, request: Request, pk: str) -> Response:
        """From the answers that count now."""
        return Response(QualitySerializer(quality_of(campaign_with_scores(request, pk))).data)
