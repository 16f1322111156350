"""The figures of a campaign so far, over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.models import Campaign
from annotator.services.questions import CampaignFiguresQuestion
from annotator.views.quality import campaign_with_scores
from config.authentication import signed_in
from datasets.serializers.figures import FiguresSerializer
from datasets.services.analyses import ask
from datasets.views.analyses import responses, told


class CampaignFiguresView(generics.GenericAPIView[Campaign]):
    """Table 1, Fig. 2 and Fig. 3 of the paper for a campaign that may still be under way."""

    queryset = Campaign.objects.none()

    @extend_schema(responses=responses(FiguresSerializer), operation_id="campaigns_figures")
    def get(self, request: Request, pk: str) -> Response:
        """From the answers that count now; of a large campaign, as they were when it was computed."""
        question = CampaignFiguresQuestion(campaign_with_scores(request, pk))
        return told(ask(question, actor=signed_in(request)), FiguresSerializer)
