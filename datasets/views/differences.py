"""What changed between two versions, over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from config.authentication import signed_in
from datasets.models import Version
from datasets.selectors.versions import version_before
from datasets.serializers.differences import DifferenceFilterSerializer, DifferenceSerializer
from datasets.services.analyses import ask
from datasets.services.differences import DifferenceQuestion
from datasets.views.analyses import responses, told
from datasets.views.versions import versions_seen_by


class VersionDifferenceView(generics.GenericAPIView[Version]):
    """A version compared with an earlier one, or with any that the person may see."""

    @extend_schema(
        parameters=[DifferenceFilterSerializer],
        responses=responses(DifferenceSerializer),
        operation_id="versions_difference",
    )
    def get(self, request: Request, pk: str) -> Response:
        """Counts of all changes, and the first of each kind."""
        query = DifferenceFilterSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        seen = versions_seen_by(request)
        after = generics.get_object_or_404(seen, pk=pk)
        wanted = query.validated_data.get("from")
        before = generics.get_object_or_404(seen, pk=wanted) if wanted else version_before(after)
        question = DifferenceQuestion(before, after, query.validated_data["limit"])
        return told(ask(question, actor=signed_in(request)), DifferenceSerializer)
