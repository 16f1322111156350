"""Two processes that learn one model come to what one process comes to."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from modeling.prediction import load_weights

ROOT = Path(__file__).parents[2]
# Trains in the processes that the environment tells of; keeps losses and weights.
TRAINING = """
import json, sys
from dataclasses import replace
from pathlib import Path
import numpy as np, torch
from modeling import recipe, save_weights, train
from modeling.processes import joined, place
from tests.modeling.test_training import MULTIMODAL, QUICK, TEXT, AUDIO, TRAIN, UNLABELLED, VALID, planted_corpus

name, semi, folder = sys.argv[1], sys.argv[2] == "semi", Path(sys.argv[3])
torch.set_num_threads(1)
corpus = planted_corpus()
corpus.labels[TEXT][TRAIN[::3]] = np.nan
slow = {"learning_rate": 1e-4, "encoder_learning_rates": dict.fromkeys(QUICK["encoder_learning_rates"], 1e-4)}
settings = recipe(name, semi=semi, epochs=2, **QUICK | slow, **json.loads(sys.argv[4]))
rows = np.concatenate([TRAIN[:-1], UNLABELLED])  # 69 clips in batches of 8, 39 of them labelled: odd last batches
with joined("cpu") as device:
    epochs = list(train(corpus, recipe=settings, train_rows=rows, valid_rows=VALID, seed=5, device=device))
    save_weights(epochs[-1].best, folder / f"weights {place()}")
    told = [[epoch.losses, epoch.valid_loss] for epoch in epochs]
    (folder / f"losses {place()}").write_text(json.dumps(told))
"""


# Gradients of one batch of nine clips, alone and with the other process, for each recipe.
GRADIENTS = """
import numpy as np, torch
from modeling import recipe
from modeling.batches import load_batch
from modeling.losses import batch_terms, weighted_sum
from modeling.prediction import build_network
from modeling.processes import join_gradients, joined, share_encoders
from tests.modeling.test_training import TEXT, TRAIN, UNLABELLED, planted_corpus

torch.set_num_threads(1)
corpus = planted_corpus()
corpus.labels[TEXT][TRAIN[::3]] = np.nan
batch = load_batch(corpus, np.r_[TRAIN[:7], UNLABELLED[:2]], scaling=None, device=torch.device("cpu"))

def gradients(settings):
    torch.manual_seed(3)
    network = build_network(settings, corpus.feature_sizes)
    share_encoders(network)
    chance = np.random.default_rng(4)
    weighted_sum(batch_terms(network, batch, recipe=settings, mixing=True, chance=chance)).backward()
    join_gradients(network)
    return {name: weight.grad for name, weight in network.named_parameters() if weight.grad is not None}

for name in ("paper", "released"):
    for semi in (True, False):
        settings = recipe(name, semi=semi, encoder_dropout=0, classifier_dropout=0)
        alone = gradients(settings)
        with joined("cpu"):
            together = gradients(settings)
            torch.distributed.barrier()
        assert alone.keys() == together.keys()
        for key, expected in alone.items():
            torch.testing.assert_close(together[key], expected, atol=1e-5, rtol=1e-5)
"""


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def trained(folder: Path, processes: int, name: str, supervision: str, changed: str) -> None:
    """Train in so many processes."""
    run_in(folder, processes, TRAINING, name, supervision, str(folder), changed)


def run_in(folder: Path, processes: int, code: str, *arguments: str) -> None:
    """Run Python in so many processes, told of each other as by torchrun, and see that all end well."""
    common = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free_port()), "WORLD_SIZE": str(processes)}
    command = [sys.executable, "-c", code, *arguments]
    children = [
        subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **common, "RANK": str(place), "LOCAL_RANK": str(place)},
            stderr=subprocess.PIPE, text=True,
        )
        for place in range(processes)
    ]  # fmt: skip
    for child in children:
        _, said = child.communicate(timeout=150)
        assert child.returncode == 0, said


def test_two_processes_have_the_losses_of_one(tmp_path: Path) -> None:
    for processes in (1, 2):
        (tmp_path / str(processes)).mkdir()
        trained(tmp_path / str(processes), processes, "paper", "semi", "{}")
    alone, together, other = (
        json.loads((tmp_path / place).read_text()) for place in ("1/losses 0", "2/losses 0", "2/losses 1")
    )
    assert together == other
    for (losses, valid), (expected, expected_valid) in zip(together, alone, strict=True):
        assert losses == pytest.approx(expected, rel=1e-3, abs=1e-5)
        assert valid == pytest.approx(expected_valid, rel=1e-4)


def test_torchrun_itself_starts_a_training_that_ends_like_one(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(TRAINING)
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    command += ["--master-addr", "127.0.0.1", "--master-port", str(free_port())]
    command += [str(tmp_path / "code.py"), "paper", "semi", str(tmp_path), "{}"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, timeout=200)
    (tmp_path / "alone").mkdir()
    trained(tmp_path / "alone", 1, "paper", "semi", "{}")
    together, other, alone = (
        json.loads((tmp_path / place).read_text()) for place in ("losses 0", "losses 1", "alone/losses 0")
    )
    assert together == other
    assert [valid for _, valid in together] == pytest.approx([valid for _, valid in alone], rel=1e-4)


def test_two_processes_have_the_gradients_of_one(tmp_path: Path) -> None:
    run_in(tmp_path, 2, GRADIENTS)


def test_dropout_differs_between_processes_and_their_weights_do_not(tmp_path: Path) -> None:
    trained(tmp_path, 2, "released", "semi", "{}")
    first, second = (load_weights(tmp_path / f"weights {place}").weights for place in (0, 1))
    assert all(torch.equal(values, second[key]) for key, values in first.items())
    losses = [json.loads((tmp_path / f"losses {place}").read_text()) for place in (0, 1)]
    assert losses[0][0][0] != losses[1][0][0]
    assert losses[0][0][1] == losses[1][0][1]  # one validation loss decides for all
