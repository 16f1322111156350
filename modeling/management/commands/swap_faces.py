"""Same words, other faces."""

from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from modeling.selectors import find_run
from modeling.serializers.understanding import SwapsSerializer
from modeling.services.swapping import swap_faces


class Command(CuesetCommand):
    """What a run predicts for the words of one clip with the voices and faces of others (the paper's Fig. 6)."""

    help = "Predict the words of one clip with the voices and faces of others: mixtures that nobody recorded."

    def add_options(self, parser: CommandParser) -> None:
        """Run and clips."""
        parser.add_argument("run", help="id of a run, as train prints it")
        parser.add_argument("--words", type=UUID, help="id of the clip (default: the test clip of most neutral words)")
        parser.add_argument(
            "--donors", type=UUID, nargs="+", default=[], help="ids of clips (default: six, from negative to positive)"
        )

    def run(self, **options: Any) -> dict[str, Any]:
        """The words as recorded, and with each donor."""
        swaps = swap_faces(run=find_run(options["run"]), words=options["words"], donors=options["donors"])
        return dict(SwapsSerializer(swaps).data)

    def describe(self, result: dict[str, Any]) -> str:
        """One line a donor: the prediction with voice and face, voice alone, face alone."""
        words = result["words"]
        lines = [f"“{words['transcript']}” as recorded: {_values(result['own'])}"]
        for each in result["swapped"]:
            donor = f"{each['donor']['video_id']} {each['donor']['clip_id']}"
            parts = (f"{name} {_values(each[name])}" for name in ("both", "voice", "face"))
            lines.append(f"{donor}: {'; '.join(parts)}")
        return "\n".join(lines)


def _values(predicted: dict[str, float]) -> str:
    return ", ".join(f"{task} {value:+.2f}" for task, value in predicted.items())
