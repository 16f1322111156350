"""Where a run errs."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.services.analyses import ask
from datasets.views.analyses import responses, told
from datasets.vocabulary import Modality, Split
from modeling.models import Run
from modeling.serializers.errors import ErrorAnalysisSerializer
from modeling.services.questions import ErrorsQuestion
from modeling.views.runs import SPLIT, runs_seen_by


class ErrorAnalysisView(generics.GenericAPIView[Run]):
    """Confusion of classes, and errors by class, scenario, duration and agreement."""

    queryset = Run.objects.none()

    @extend_schema(
        parameters=[
            SPLIT,
            OpenApiParameter("task", enum=[each.value for each in Modality], description="default: the main task"),
        ],
        responses=responses(ErrorAnalysisSerializer),
        operation_id="runs_errors",
    )
    def get(self, request: Request, pk: str) -> Response:
        """One prediction on one split; 409 before the run has predictions, or when it does not predict the task."""
        run = generics.get_object_or_404(runs_seen_by(request), pk=pk)
        asked, split = request.query_params.get("task", ""), request.query_params.get("split", "")
        task = Modality(asked) if asked in list(Modality) else run.main_task
        question = ErrorsQuestion(run, task, Split(split) if split in list(Split) else Split.TEST)
        return told(ask(question, actor=signed_in(request)), ErrorAnalysisSerializer)
