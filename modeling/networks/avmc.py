"""AV-MC, the acoustic visual mixup consistent network: the paper's (section 4) and the authors' released variant.

Both encode text, audio and vision apart, predict a sentiment from each representation and one from all together.
Equation numbers are the paper's.
"""

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn

from datasets.vocabulary import Modality
from modeling.networks.encoders import AveragedFrames, FeedForwardLSTM, Frames, ProjectedLSTM

TEXT, AUDIO, VISION, MULTIMODAL = Modality


class Outputs(NamedTuple):
    """What a batch of clips gives."""

    representations: dict[Modality, Tensor]  # F_t, F_a, F_v, each (batch, its own size)
    predictions: dict[Modality, Tensor]  # by task: all four of AV-MC, one of a unimodal model; each (batch,)


class PaperAVMC(nn.Module):
    """Equations 5 to 8, with sigma = ReLU, and tanh at the end of each classifier."""

    tasks = tuple(Modality)

    def __init__(
        self,
        *,
        feature_sizes: Mapping[Modality, int],
        hidden_sizes: Mapping[Modality, int],
        classifier_sizes: Mapping[Modality, int],
    ) -> None:
        super().__init__()
        self.encoders = nn.ModuleDict(
            {
                TEXT: nn.Sequential(nn.Linear(feature_sizes[TEXT], hidden_sizes[TEXT]), nn.ReLU()),
                AUDIO: FeedForwardLSTM(feature_sizes[AUDIO], hidden_sizes[AUDIO]),
                VISION: FeedForwardLSTM(feature_sizes[VISION], hidden_sizes[VISION]),
            }
        )
        sizes = {**hidden_sizes, MULTIMODAL: sum(hidden_sizes.values())}
        self.classifiers = nn.ModuleDict(
            {modality: paper_classifier(sizes[modality], classifier_sizes[modality]) for modality in Modality}
        )

    def forward(self, *, text: Tensor, audio: Frames, vision: Frames) -> Outputs:
        """Representations and predictions of text (batch, dim) and two batches of sequences."""
        representations = {  # F_k = S_k(I_k), equation 5
            TEXT: self.encoders[TEXT](text),  # (batch, h_t)
            AUDIO: self.encoders[AUDIO](audio),  # (batch, h_a)
            VISION: self.encoders[VISION](vision),  # (batch, h_v)
        }
        fused = torch.cat(list(representations.values()), dim=-1)  # F_m (batch, h_t + h_a + h_v), equation 7
        predictions = {modality: self.classify(modality, values) for modality, values in representations.items()}
        return Outputs(representations, predictions | {MULTIMODAL: self.classify(MULTIMODAL, fused)})

    def classify(self, modality: Modality, representation: Tensor) -> Tensor:
        """Predictions (batch,) of one modality from its representation, plain (equation 8) or mixed (12)."""
        prediction: Tensor = self.classifiers[modality](representation)  # (batch, 1)
        return prediction.squeeze(-1)


def paper_classifier(input_size: int, width: int) -> nn.Sequential:
    """Clf_k = FFN(FFN(FFN(BN(F_k)))), equation 8.

    Each FFN has an activation (equation 6), but labels lie on both sides of 0, which ReLU cannot reach. So the last
    one is tanh, whose range is the labels' own.
    """
    return nn.Sequential(
        nn.BatchNorm1d(input_size),
        nn.Linear(input_size, width),
        nn.ReLU(),
        nn.Linear(width, width),
        nn.ReLU(),
        nn.Linear(width, 1),
        nn.Tanh(),
    )


class ReleasedAVMC(nn.Module):
    """The network of the authors' code: dropout for batch norm, and a fusion that reads the classifiers' inside.

    Its supervised form (`averaged`) sees time-averaged features only, fuses the second hidden layers and predicts
    within -1 … 1; the semi-supervised one reads whole sequences, fuses the first ones, within -3 … 3.
    """

    tasks = tuple(Modality)

    def __init__(
        self,
        *,
        feature_sizes: Mapping[Modality, int],
        hidden_sizes: Mapping[Modality, int],
        classifier_sizes: Mapping[Modality, int],
        encoder_dropout: float,
        classifier_dropout: float,
        averaged: bool,
    ) -> None:
        super().__init__()
        encoder = AveragedFrames if averaged else ProjectedLSTM
        self.encoders = nn.ModuleDict({TEXT: nn.Linear(feature_sizes[TEXT], hidden_sizes[TEXT])})
        for modality in (AUDIO, VISION):
            self.encoders[modality] = encoder(feature_sizes[modality], hidden_sizes[modality], encoder_dropout)
        sizes = {modality: hidden_sizes[modality] * (1 if averaged else 4) for modality in (AUDIO, VISION)}
        sizes[TEXT] = hidden_sizes[TEXT]
        self.classifiers = nn.ModuleDict(
            {
                modality: ReleasedClassifier(sizes[modality], classifier_sizes[modality], classifier_dropout)
                for modality in (TEXT, AUDIO, VISION)
            }
        )
        fused_size = sum(classifier_sizes[modality] for modality in (TEXT, AUDIO, VISION))
        width = classifier_sizes[MULTIMODAL]
        self.fusion = nn.Sequential(
            nn.Dropout(classifier_dropout), nn.Linear(fused_size, width), nn.Linear(width, width), nn.Linear(width, 1)
        )
        self.averaged = averaged
        self.bound = 1.0 if averaged else 3.0

    def forward(self, *, text: Tensor, audio: Frames, vision: Frames) -> Outputs:
        """Representations and predictions of text (batch, dim) and two batches of sequences."""
        representations = {
            TEXT: self.encoders[TEXT](text),  # (batch, h_t)
            AUDIO: self.encoders[AUDIO](audio),  # (batch, h_a or 4 * h_a)
            VISION: self.encoders[VISION](vision),  # (batch, h_v or 4 * h_v)
        }
        predictions, read = {}, []
        for modality, representation in representations.items():
            first, second, predictions[modality] = self.classifiers[modality](representation)
            read.append(second if self.averaged else first)
        fused = self.fusion(torch.cat(read, dim=-1)).squeeze(-1)  # (batch,)
        predictions[MULTIMODAL] = 2 * self.bound * torch.sigmoid(fused) - self.bound
        return Outputs(representations, predictions)

    def classify(self, modality: Modality, representation: Tensor) -> Tensor:
        """Predictions (batch,) of text, audio or vision from its representation, plain or mixed."""
        prediction: Tensor = self.classifiers[modality](representation)[2]
        return prediction


class ReleasedClassifier(nn.Module):
    """Dropout, then three linear layers with ReLU between them and nothing after the last."""

    def __init__(self, input_size: int, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.first = nn.Linear(input_size, width)
        self.second = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)

    def forward(self, representation: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Both hidden layers (batch, width) and the prediction (batch,)."""
        first = torch.relu(self.first(self.dropout(representation)))
        second = torch.relu(self.second(first))
        return first, second, self.last(second).squeeze(-1)
