from collections.abc import Iterator

import pytest
import torch

from modeling.errors import RunFailed
from modeling.networks.shares import encodes_in_bfloat16
from modeling.runner.execution import in_bfloat16, prepare_torch


@pytest.fixture
def _torch_as_it_was() -> Iterator[None]:
    threads, deterministic = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    yield
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(deterministic)


@pytest.mark.usefixtures("_torch_as_it_was")
@pytest.mark.parametrize(("announced", "threads"), [(None, 4), ("2", 2), ("8", 1)])
def test_processes_that_share_a_training_share_the_threads_and_one_alone_has_all(
    announced: str | None, threads: int, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TRAINING_THREADS, settings.TRAINING_PROCESSES = 4, 2
    if announced is None:
        monkeypatch.delenv("WORLD_SIZE", raising=False)
    else:
        monkeypatch.setenv("WORLD_SIZE", announced)
    prepare_torch()
    assert torch.get_num_threads() == threads


def test_encoders_compute_in_the_precision_that_is_set(settings) -> None:
    settings.TRAINING_PRECISION = "float32"
    assert in_bfloat16("cpu") is False
    settings.TRAINING_PRECISION = "half"
    with pytest.raises(RunFailed, match="CUESET_TRAINING_PRECISION is half"):
        in_bfloat16("cpu")


def test_a_run_in_bfloat16_is_refused_where_no_recurrent_layer_computes_in_it(settings) -> None:
    settings.TRAINING_PRECISION = "bfloat16"
    if encodes_in_bfloat16("cpu"):
        assert in_bfloat16("cpu") is True
    else:
        with pytest.raises(RunFailed, match="set it to float32"):
            in_bfloat16("cpu")
