from collections.abc import Iterator

import pytest
import torch

from modeling.runner.execution import prepare_torch


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
