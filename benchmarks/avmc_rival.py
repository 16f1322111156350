"""The loop of the authors' code, made anew from its description, for the benchmarks of AV-MC."""

import time
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from benchmarks.avmc_corpus import AUDIO, LONGEST, VISION
from benchmarks.avmc_step import pack
from datasets.vocabulary import Modality
from modeling.batches import Batch, Corpus, Float32, Rows
from modeling.losses import batch_terms, weighted_sum
from modeling.networks.encoders import Frames
from modeling.prediction import build_network
from modeling.recipes import Recipe

TOKENS = 50
VOCABULARY = 21_128  # of bert-base-chinese


class PaddedClips(Dataset[dict[str, Tensor]]):
    """Every clip padded to the longest of the corpus, as the published pickles hold them."""

    def __init__(self, corpus: Corpus, rows: Rows) -> None:
        self.rows = rows
        self.arrays = {name: self._padded(corpus, name) for name in LONGEST}
        self.lengths = {name: corpus.features[name].lengths[rows] for name in LONGEST}
        self.labels = {name: corpus.labels_of(name, rows) for name in Modality}

    def _padded(self, corpus: Corpus, name: Modality) -> Float32:
        padded = np.zeros((len(self.rows), LONGEST[name], corpus.features[name].dim), np.float32)
        for place, row in enumerate(self.rows):
            clip = corpus.clip(name, row)
            padded[place, : len(clip)] = clip
        return padded

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> dict[str, Tensor]:
        found = {name: torch.from_numpy(values[place]) for name, values in self.arrays.items()}
        found |= {f"{name} frames": torch.tensor(self.lengths[name][place]) for name in LONGEST}
        found |= {f"{name} label": torch.tensor(values[place]) for name, values in self.labels.items()}
        return found | {"tokens": torch.randint(0, VOCABULARY, (TOKENS,))}


class Rival:
    """Steps of the released loop on batches drawn at random over an epoch: loading, BERT, forth, back, Adam."""

    def __init__(self, corpus: Corpus, settings: Recipe, *, threads: int, batches: int, seed: int) -> None:
        from transformers import BertConfig, BertModel

        torch.set_num_threads(threads)
        torch.manual_seed(seed)
        self.settings, self.chance = settings, np.random.default_rng(seed)
        self.bert = BertModel(BertConfig(vocab_size=VOCABULARY)).eval()  # of bert-base's size, random weights
        self.network = build_network(settings, corpus.feature_sizes).train()
        pack(self.network)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=1e-4)
        rows = np.arange(len(corpus.supervised))
        clips = {True: rows, False: rows[corpus.supervised]}
        wanted = settings.batch_size * batches
        self.batches = {mixing: self._loader(corpus, each, wanted) for mixing, each in clips.items()}
        self._learn(next(self._loader(corpus, rows, 4)), mixing=True)  # warms up

    def _loader(self, corpus: Corpus, rows: Rows, wanted: int) -> Iterator[dict[str, Tensor]]:
        drawn = self.chance.choice(rows, wanted, replace=wanted > len(rows))
        return iter(DataLoader(PaddedClips(corpus, drawn), batch_size=self.settings.batch_size, shuffle=True))

    def step(self, *, mixing: bool) -> tuple[float, float]:
        """Seconds of one step, and how many of them BERT took."""
        started = time.perf_counter()
        bert = self._learn(next(self.batches[mixing]), mixing=mixing)
        return time.perf_counter() - started, bert

    def _learn(self, given: dict[str, Tensor], *, mixing: bool) -> float:
        started = time.perf_counter()
        with torch.no_grad():
            text = self.bert(given["tokens"]).last_hidden_state[:, 0]  # [CLS] (batch, 768)
        bert = time.perf_counter() - started
        batch = Batch(
            rows=np.arange(len(text)),
            text=text,
            audio=Frames(given[AUDIO], given[f"{AUDIO} frames"]),
            vision=Frames(given[VISION], given[f"{VISION} frames"]),
            labels={name: given[f"{name} label"] for name in Modality},
        )
        terms = batch_terms(self.network, batch, recipe=self.settings, mixing=mixing, chance=self.chance)
        self.optimizer.zero_grad()
        torch.autograd.backward(weighted_sum(terms))
        self.optimizer.step()
        return bert
