"""One modality's encoder and classifier by themselves: the unimodal models of the paper's Table 3."""

from collections.abc import Mapping

from torch import Tensor, nn

from datasets.vocabulary import Modality
from modeling.networks.avmc import Outputs, PaperAVMC, ReleasedAVMC
from modeling.networks.encoders import Frames


class Unimodal(nn.Module):
    """A branch of AV-MC that sees one modality and predicts one task: its own label or the multimodal one."""

    def __init__(self, network: PaperAVMC | ReleasedAVMC, *, modality: Modality, task: Modality) -> None:
        super().__init__()
        self.modality = modality
        self.tasks = (task,)
        self.encoders = nn.ModuleDict({modality: network.encoders[modality]})
        self.classifiers = nn.ModuleDict({modality: network.classifiers[modality]})
        self.is_released = isinstance(network, ReleasedAVMC)

    def forward(self, *, text: Tensor, audio: Frames, vision: Frames) -> Outputs:
        """Representation and prediction from its own modality; the others are not read."""
        given: Mapping[Modality, Tensor | Frames] = {
            Modality.TEXT: text,
            Modality.AUDIO: audio,
            Modality.VISION: vision,
        }
        representation = self.encoders[self.modality](given[self.modality])  # (batch, h), equation 5
        return Outputs({self.modality: representation}, {self.tasks[0]: self.classify(self.modality, representation)})

    def classify(self, modality: Modality, representation: Tensor) -> Tensor:
        """Prediction (batch,) from its representation, equation 8."""
        prediction = self.classifiers[modality](representation)
        value: Tensor = prediction[2] if self.is_released else prediction.squeeze(-1)
        return value


Network = PaperAVMC | ReleasedAVMC | Unimodal
