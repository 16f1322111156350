"""The PyPI package MMSA trains on our feature pickle; skipped where it is not installed (docs/formats.md)."""

from pathlib import Path

import numpy as np
import pytest

from datasets.features import RaggedWriter, open_ragged
from datasets.formats.chsims_features import Sections, build_arrays, section
from datasets.formats.pickling import write_pickle
from datasets.manifest import FrozenClip
from datasets.vocabulary import Modality, Split

MMSA = pytest.importorskip("MMSA", reason="MMSA is not installed; docs/formats.md says how to run this")

DIMS = {Modality.TEXT: 16, Modality.AUDIO: 25, Modality.VISION: 155}
SPLITS = [Split.TRAIN] * 24 + [Split.VALID] * 8 + [Split.TEST] * 8 + [None] * 4
# What MMSA must be told: little work, and for text without BERT tokens not to run BERT on them.
BRIEF = {"batch_size": 8, "early_stop": 1}
WITHOUT_BERT = {**BRIEF, "use_bert": False}
SCORES = "Model,Mult_acc_2,Mult_acc_3,Mult_acc_5,F1_score,MAE,Corr"


@pytest.fixture
def pickle_file(tmp_path: Path) -> Path:
    """A supervised file in the default padding, written by the code that exports write with."""
    chance = np.random.default_rng(1111)
    clips = [
        FrozenClip(
            "v", str(n), f"第{n}句", "", 1000, supervised=bool(split), split=split,
            labels=dict.fromkeys(Modality, n % 11 - 5) if split else {},
        )
        for n, split in enumerate(SPLITS)
    ]  # fmt: skip
    features = {}
    for modality, dim in DIMS.items():
        path = tmp_path / f"{modality}.arrow"
        with RaggedWriter(path, columns=[str(n) for n in range(dim)], rate=None, extractor="test") as writer:
            for n, clip in enumerate(clips):
                frames = chance.normal(size=(20 + n, dim)).astype(np.float32)
                is_text = modality is Modality.TEXT
                writer.add(clip.name, frames, tokens_of(10 + n % 9) if is_text else None)
        features[modality] = open_ragged(path)
    sections = Sections.of(clips)
    arrays = build_arrays(sections, features, tmp_path)
    target = tmp_path / "unaligned_s.pkl"
    with target.open("wb") as file:
        write_pickle(file, {str(split): section(sections, arrays, str(split)) for split in Split})
    return target


def tokens_of(length: int) -> np.ndarray:
    """Input ids, attention mask and token types (3, 50) of a text of so many tokens."""
    attended = np.arange(50) < length
    return np.stack([attended * 7, attended, np.zeros(50)]).astype(np.int64)


def train(model: str, config: dict[str, object], pickle_file: Path, folder: Path, patch: pytest.MonkeyPatch) -> str:
    """Let MMSA train a model for an epoch or two on the CPU; the row of scores that it stores."""
    import torch

    # MMSA 2.2.1 calls this on machines without CUDA too, where PyTorch now refuses it.
    if not torch.cuda.is_available():
        patch.setattr(torch.cuda, "set_device", lambda device: None)
    MMSA.MMSA_run(
        model, "sims", config=config, seeds=[1111], custom_feature=str(pickle_file), gpu_ids=[], num_workers=0,
        verbose_level=0, model_save_dir=folder / "models", res_save_dir=folder / "results", log_dir=folder,
    )  # fmt: skip
    header, row = (folder / "results" / "normal" / "sims.csv").read_text().splitlines()
    assert header.startswith(SCORES)
    return row


@pytest.mark.parametrize("model", ["lf_dnn", "lmf", "tfn"])
def test_mmsa_trains_on_our_pickle(
    model: str, pickle_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert train(model, WITHOUT_BERT, pickle_file, tmp_path, monkeypatch).startswith(model)


def test_mmsa_trains_its_best_model_on_our_tokens_with_all_four_labels(
    pickle_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Self_MM reads `text_bert`; a BERT of one layer with random weights stands for the published one."""
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path / "bert"
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"一二三四"]))
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    small = BertConfig(vocab_size=16, hidden_size=768, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    BertModel(small).save_pretrained(folder)
    config = {**BRIEF, "pretrained": str(folder)}
    assert train("self_mm", config, pickle_file, tmp_path, monkeypatch).startswith("self_mm")
