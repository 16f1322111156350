"""The figures of a campaign so far, over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Campaign
from annotator.selectors.progress import campaigns_seen_by
from annotator.services.figures import figures_of_campaign
from config.authentication import signed_in
from datasets.serializers.figures import FiguresSerializer


class CampaignFiguresView(generics.GenericAPIView[Campaign]):
    """Table 1, Fig. 2 and Fig. 3 of the paper for a campaign that may still be under way."""

    queryset = Campaign.objects.none()

    @extend_schema(responses=FiguresSerializer, operation_id="campaigns_figures")
    def get(self, request: Request, pk: str) -> Response:
        """From the answers that count now."""
        campaign = generics.get_object_or_404(campaigns_seen_by(signed_in(request)), pk=pk)
        return Response(FiguresSerializer(figures_of_campaign(campaign=campaign)).data)
