"""Training on tiny corpora whose audio and vision carry the sentiment."""

import dataclasses
import itertools
import math
from collections import deque

import numpy as np
import pytest
import torch

from datasets.vocabulary import Modality
from modeling.batches import BadFeatures, Corpus, Ragged
from modeling.checkpoints import load_checkpoint, save_checkpoint
from modeling.metrics import evaluate_modalities
from modeling.prediction import BadWeights, build_network, load_weights, predict, save_weights
from modeling.recipes import recipe
from modeling.training import build_optimizer, train
from modeling.training_errors import Cancelled, Diverged, OutOfMemory, TrainingError
from tests.modeling.precision import needs_bfloat16

TEXT, AUDIO, VISION, MULTIMODAL = Modality
TRAIN, VALID, TEST = np.arange(40), np.arange(40, 60), np.arange(60, 100)
UNLABELLED = np.arange(100, 130)
QUICK = {"batch_size": 8, "learning_rate": 5e-3, "encoder_learning_rates": dict.fromkeys((TEXT, AUDIO, VISION), 1e-2)}

needs_cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")


@pytest.fixture(autouse=True)
def one_thread():
    """Tensors this small are slower on several threads."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def planted_corpus(*, clips=130, seed=0):
    """Noise in which the first column of audio and of vision is shifted by the label; text says nothing."""
    chance = np.random.default_rng(seed)
    labels = {modality: (chance.integers(-5, 6, clips) / 5).astype(np.float32) for modality in (TEXT, AUDIO, VISION)}
    labels[MULTIMODAL] = (labels[AUDIO] + labels[VISION]) / 2
    return Corpus(
        features={
            TEXT: Ragged.of_vectors(chance.normal(size=(clips, 4)).astype(np.float32)),
            AUDIO: _sequences(labels[AUDIO], dim=3, longest=9, chance=chance),
            VISION: _sequences(labels[VISION], dim=4, longest=6, chance=chance),
        },
        labels=labels,
        supervised=np.arange(clips) < 100,
    )


def _sequences(labels, *, dim, longest, chance):
    lengths = chance.integers(1, longest + 1, len(labels))
    values = chance.normal(scale=0.5, size=(lengths.sum(), dim))
    values[:, 0] += 2 * np.repeat(labels, lengths)
    return Ragged(values.astype(np.float32), np.concatenate([[0], np.cumsum(lengths)]))


@pytest.fixture(scope="module")
def corpus():
    return planted_corpus()


def run(corpus, settings, *, rows=TRAIN, seed=1111, **more):
    return train(corpus, recipe=settings, train_rows=rows, valid_rows=VALID, seed=seed, **more)


def first_epoch(*given, **more):
    return next(run(*given, **more))


@pytest.mark.parametrize("semi", [False, True], ids=["supervised", "semi"])
@pytest.mark.parametrize("name", ["paper", "released"])
def test_training_beats_a_constant_on_clips_it_never_saw(corpus, name, semi):
    settings = recipe(name, semi=semi, epochs=12, **QUICK)
    rows = np.concatenate([TRAIN, UNLABELLED]) if semi else TRAIN
    best = list(run(corpus, settings, rows=rows))[-1].best
    predictions = predict(best, corpus, TEST)
    truth = {modality: corpus.labels[modality][TEST] for modality in Modality}
    metrics = evaluate_modalities(predictions, truth)
    for modality in (AUDIO, VISION, MULTIMODAL):
        constant = np.abs(truth[modality] - np.median(corpus.labels[modality][TRAIN])).mean()
        assert metrics[modality]["mae"] < 0.8 * constant
        assert metrics[modality]["corr"] > 0.6


@pytest.mark.parametrize("name", ["paper", "released"])
def test_a_seed_repeats_a_training_bit_for_bit(corpus, name):
    settings = recipe(name, semi=True, epochs=2, **QUICK)
    rows = np.concatenate([TRAIN, UNLABELLED])
    first, again, other = (list(run(corpus, settings, rows=rows, seed=seed)) for seed in (5, 5, 6))
    assert [epoch.losses for epoch in first] == [epoch.losses for epoch in again]
    assert first[0].losses != other[0].losses
    assert all(torch.equal(values, again[0].best.weights[key]) for key, values in first[0].best.weights.items())


@pytest.mark.parametrize("name", ["paper", "released"])
def test_two_threads_repeat_a_training_bit_for_bit_and_agree_with_one(corpus, name):
    def losses(threads, **changed):
        settings = recipe(name, semi=True, epochs=2, **QUICK | {"batch_size": 32} | changed)
        torch.set_num_threads(threads)
        return [epoch.losses for epoch in run(corpus, settings, rows=np.concatenate([TRAIN, UNLABELLED]))]

    assert losses(2) == losses(2)
    # Adam makes whole steps of gradients that are but noise: the slower it learns, the less do last digits matter.
    slow = {"learning_rate": 1e-4, "encoder_learning_rates": dict.fromkeys((TEXT, AUDIO, VISION), 1e-4)}
    without_chance = slow | {"encoder_dropout": 0.0, "classifier_dropout": 0.0}
    for one, two in zip(losses(1, **without_chance), losses(2, **without_chance), strict=True):
        assert one == pytest.approx(two, rel=1e-4)


def test_chance_of_the_caller_neither_matters_nor_changes(corpus):
    settings = recipe("released", semi=False, epochs=2, **QUICK)
    torch.manual_seed(1)
    undisturbed = [epoch.losses for epoch in run(corpus, settings)]
    state = torch.get_rng_state()
    disturbed = []
    torch.manual_seed(2)
    for epoch in run(corpus, settings):
        disturbed.append(epoch.losses)
        torch.rand(3)
    assert disturbed == undisturbed
    torch.set_rng_state(state)
    before = torch.get_rng_state()
    first_epoch(corpus, settings)
    assert torch.equal(before, torch.get_rng_state())


def test_an_epoch_names_every_loss_and_scores_all_four_predictions(corpus):
    epoch = first_epoch(corpus, recipe("paper", semi=False, **QUICK))
    terms = {f"regression_{modality}" for modality in Modality} | {"mixup_audio", "mixup_vision", "total"}
    assert set(epoch.losses) == terms
    assert set(epoch.metrics) == set(Modality)
    assert epoch.number == 1
    assert epoch.is_best
    assert epoch.seconds > 0


def test_validation_loss_is_equation_10_on_the_validation_clips(corpus):
    settings = recipe("paper", semi=False, **QUICK)
    epoch = first_epoch(corpus, settings)
    predictions = predict(epoch.best, corpus, VALID)
    expected = sum(
        settings.task_weights[modality] * np.abs(predictions[modality] - corpus.labels[modality][VALID]).mean()
        for modality in Modality
    )
    assert epoch.valid_loss == pytest.approx(expected, rel=1e-5)


def test_training_stops_when_validation_no_longer_improves(corpus):
    still = recipe(
        "paper",
        semi=False,
        **QUICK | {"learning_rate": 0, "encoder_learning_rates": dict.fromkeys((TEXT, AUDIO, VISION), 0)},
        patience=2,
        epochs=50,
    )
    epochs = list(run(corpus, still))
    best = max(epoch.number for epoch in epochs if epoch.is_best)
    assert len(epochs) == best + 2 < 50
    assert epochs[-1].best is epochs[best - 1].best


def test_training_ends_with_the_last_epoch_of_the_recipe(corpus):
    assert [epoch.number for epoch in run(corpus, recipe("paper", semi=False, epochs=2, **QUICK))] == [1, 2]


def test_the_best_weights_are_not_changed_by_later_epochs(corpus):
    epochs = run(corpus, recipe("paper", semi=False, epochs=3, **QUICK))
    kept = next(epochs).best.weights
    copies = {name: values.clone() for name, values in kept.items()}
    deque(epochs, maxlen=0)
    assert all(torch.equal(values, copies[name]) for name, values in kept.items())


def test_batches_without_any_labelled_clip_are_learned_from(corpus):
    rows = np.concatenate([TRAIN[:2], UNLABELLED])  # 2 labelled clips in 8 mixed batches
    epoch = first_epoch(corpus, recipe("paper", semi=True, **QUICK | {"batch_size": 4}), rows=rows)
    assert all(math.isfinite(value) for value in epoch.losses.values())


def test_unlabelled_clips_change_only_a_semi_supervised_training(corpus):
    mixed = np.concatenate([TRAIN, UNLABELLED])
    supervised, semi = (recipe("paper", semi=semi, **QUICK) for semi in (False, True))
    assert first_epoch(corpus, supervised, rows=mixed).losses == first_epoch(corpus, supervised).losses
    assert first_epoch(corpus, semi, rows=mixed).losses != first_epoch(corpus, semi).losses


def test_semi_supervision_without_mixup_has_nothing_to_learn_from_unlabelled_clips(corpus):
    settings = recipe("paper", semi=True, mixup_weights={AUDIO: 0, VISION: 0}, **QUICK)
    mixed = np.concatenate([TRAIN, UNLABELLED])
    assert first_epoch(corpus, settings, rows=mixed).losses == first_epoch(corpus, settings).losses


@pytest.mark.parametrize("name", ["paper", "released"])
def test_a_last_batch_of_one_clip_is_trained_with_its_neighbours(corpus, name):
    settings = recipe(name, semi=False, **QUICK)
    epoch = first_epoch(corpus, settings, rows=TRAIN[:17])  # batches of 8, 8 and 1
    assert all(math.isfinite(value) for value in epoch.losses.values())


def test_a_modality_without_labels_is_left_out_of_the_loss():
    corpus = planted_corpus()
    corpus.labels[TEXT][:] = math.nan
    epoch = first_epoch(corpus, recipe("released", semi=False, **QUICK))
    assert "regression_text" not in epoch.losses
    assert set(epoch.metrics[TEXT].values()) == {None}
    assert math.isfinite(epoch.valid_loss)


def test_some_missing_labels_are_masked():
    corpus = planted_corpus()
    corpus.labels[AUDIO][TRAIN[::2]] = math.nan
    epoch = first_epoch(corpus, recipe("paper", semi=False, **QUICK))
    assert math.isfinite(epoch.losses["regression_audio"])


def test_labels_of_the_test_split_cannot_matter(corpus):
    settings = recipe("released", semi=True, epochs=2, **QUICK)
    spoiled = planted_corpus()
    for modality in Modality:
        spoiled.labels[modality][TEST] = 1.0
    for modality in (TEXT, AUDIO, VISION):
        features = spoiled.features[modality]
        features.values[features.offsets[60] : features.offsets[100]] = 1e6
    given, changed = (list(run(each, settings)) for each in (corpus, spoiled))
    assert [(epoch.losses, epoch.valid_loss) for epoch in given] == [(e.losses, e.valid_loss) for e in changed]


def test_cancelling_ends_the_training_before_the_next_batch(corpus):
    answers = itertools.chain([False, False], itertools.repeat(True))
    with pytest.raises(Cancelled, match="epoch 1, before batch 3 of 5"):
        first_epoch(corpus, recipe("paper", semi=False, **QUICK), should_stop=lambda: next(answers))


def test_a_semi_supervised_epoch_walks_over_all_clips_and_then_the_labelled_ones_again(corpus):
    rows = np.concatenate([TRAIN, UNLABELLED])  # 70 clips in 9 batches, 40 of them labelled in 5
    with pytest.raises(Cancelled, match="before batch 1 of 14"):
        first_epoch(corpus, recipe("paper", semi=True, **QUICK), rows=rows, should_stop=lambda: True)


def test_a_loss_that_is_not_finite_names_epoch_and_batch():
    corpus = planted_corpus()
    features = corpus.features[AUDIO]
    features.values[features.offsets[3] : features.offsets[4]] = 3e38  # finite, but too much for any sum
    settings = recipe("released", semi=False, standardize=False, **QUICK)
    with pytest.raises(Diverged, match=r"epoch 1, batch \d.*clip rows"):
        first_epoch(corpus, settings)


def test_a_batch_that_does_not_fit_into_memory_is_named():
    corpus = planted_corpus()
    endless = np.broadcast_to(np.float32(0), (10**13, 3))  # takes no memory until it is copied
    ends = np.concatenate([[0], np.full(130, 10**13)])
    huge = dataclasses.replace(corpus, features={**corpus.features, AUDIO: Ragged(endless, ends)})
    settings = recipe("paper", semi=False, standardize=False, **QUICK)
    complaint = r"memory ran out in epoch 1, batch \d of 5.*8 clips.*10000000000000 audio.*lower batch_size"
    with pytest.raises(OutOfMemory, match=complaint):
        first_epoch(huge, settings)


@pytest.mark.parametrize("name", ["paper", "released"])
@pytest.mark.parametrize("stopped_after", [1, 3])
def test_resuming_from_a_checkpoint_file_equals_no_interruption(corpus, name, stopped_after, tmp_path):
    settings = recipe(name, semi=True, epochs=5, **QUICK)
    rows = np.concatenate([TRAIN, UNLABELLED])
    whole = list(run(corpus, settings, rows=rows))
    save_checkpoint(whole[stopped_after - 1].checkpoint, tmp_path / "checkpoint")
    resumed = list(run(corpus, settings, rows=rows, resume=load_checkpoint(tmp_path / "checkpoint")))
    assert [told(epoch) for epoch in resumed] == [told(epoch) for epoch in whole[stopped_after:]]
    for part in ("weights", "optimizer"):
        first, second = (getattr(each[-1].checkpoint, part) for each in (whole, resumed))
        assert first.keys() == second.keys()
        assert all(torch.equal(first[key], second[key]) for key in first)
    assert all(torch.equal(whole[-1].best.weights[key], each) for key, each in resumed[-1].best.weights.items())


def told(epoch):
    return epoch.number, epoch.losses, epoch.valid_loss, epoch.metrics, epoch.checkpoint.best_number


def test_resuming_a_finished_training_trains_no_further(corpus):
    settings = recipe("paper", semi=False, epochs=2, **QUICK)
    last = list(run(corpus, settings))[-1]
    assert list(run(corpus, settings, resume=last.checkpoint)) == []


def test_a_file_of_weights_is_no_checkpoint(corpus, tmp_path):
    epoch = first_epoch(corpus, recipe("paper", semi=False, **QUICK))
    save_weights(epoch.best, tmp_path / "weights")
    with pytest.raises(BadWeights, match="cueset-checkpoint-1"):
        load_checkpoint(tmp_path / "weights")


def test_every_batch_is_told_with_its_loss(corpus):
    heard = []
    epoch = first_epoch(corpus, recipe("paper", semi=False, **QUICK), on_batch=heard.append)
    assert [(each.epoch, each.batch, each.batches) for each in heard] == [(1, n, 5) for n in range(1, 6)]
    assert np.mean([each.loss for each in heard]) == pytest.approx(epoch.losses["total"])


@pytest.mark.parametrize("frames", [0, 1])
@pytest.mark.parametrize("semi", [False, True], ids=["supervised", "semi"])
@pytest.mark.parametrize("name", ["paper", "released"])
def test_clips_of_no_frame_or_one_are_learned_from(name, semi, frames):
    corpus = planted_corpus()
    features = dict(corpus.features)
    for modality in (AUDIO, VISION):
        kept = [features[modality].clip(row)[: frames if row % 2 else None] for row in range(130)]
        ends = np.concatenate([[0], np.cumsum([len(each) for each in kept])])
        features[modality] = Ragged(np.concatenate(kept), ends)
    ragged = dataclasses.replace(corpus, features=features)
    rows = np.concatenate([TRAIN, UNLABELLED])
    epoch = first_epoch(ragged, recipe(name, semi=semi, **QUICK), rows=rows)
    assert all(math.isfinite(value) for value in epoch.losses.values())


@pytest.mark.parametrize("supervision", ["unimodal", "multimodal"])
@pytest.mark.parametrize("model", [AUDIO, VISION])
@pytest.mark.parametrize("name", ["paper", "released"])
def test_a_unimodal_model_learns_the_labels_it_is_taught(corpus, name, model, supervision):
    settings = recipe(name, semi=False, model=model, supervision=supervision, epochs=15, **QUICK)
    task = model if supervision == "unimodal" else MULTIMODAL
    last = list(run(corpus, settings))[-1]
    assert set(last.losses) == {f"regression_{task}", "total"}
    assert set(last.metrics) == {task}
    predictions = predict(last.best, corpus, TEST)
    assert set(predictions) == {task}
    # One modality cannot tell more of the multimodal label than its own label does.
    most = np.corrcoef(corpus.labels[model][TEST], corpus.labels[task][TEST])[0, 1]
    assert np.corrcoef(predictions[task], corpus.labels[task][TEST])[0, 1] > 0.6 * most


def test_a_unimodal_model_reads_no_other_modality(corpus):
    settings = recipe("released", semi=False, model="audio", epochs=2, **QUICK)
    spoiled = planted_corpus()
    spoiled.features[VISION].values[:] = 7.0
    given, changed = (list(run(each, settings)) for each in (corpus, spoiled))
    assert [told(epoch) for epoch in given] == [told(epoch) for epoch in changed]


@pytest.mark.parametrize("own", [TEXT, AUDIO, VISION])
@pytest.mark.parametrize("name", ["paper", "released"])
def test_a_unimodal_model_needs_its_own_features_alone(corpus, name, own, tmp_path):
    alone = dataclasses.replace(corpus, features={own: corpus.features[own]})
    settings = recipe(name, semi=False, model=own, epochs=15, **QUICK)
    best = list(run(alone, settings))[-1].best
    save_weights(best, tmp_path / "model.safetensors")
    kept = load_weights(tmp_path / "model.safetensors")
    assert set(kept.feature_sizes) == set(kept.scaling) == {own}
    predictions = predict(kept, alone, TEST)[own]
    assert predictions.tolist() == predict(kept, corpus, TEST)[own].tolist()  # other features beside it change nothing
    if own is not TEXT:  # whose features here say nothing
        assert np.corrcoef(predictions, corpus.labels[own][TEST])[0, 1] > 0.5


def test_features_that_a_model_reads_and_a_corpus_has_not_are_named(corpus):
    alone = dataclasses.replace(corpus, features={AUDIO: corpus.features[AUDIO]})
    with pytest.raises(BadFeatures, match="The model avmc reads text, audio, vision: give it text, vision too"):
        next(run(alone, recipe("released", semi=False)))
    best = first_epoch(alone, recipe("released", semi=False, model="audio", **QUICK)).best
    with pytest.raises(BadFeatures, match="these have none"):
        predict(best, dataclasses.replace(corpus, features={TEXT: corpus.features[TEXT]}), TEST)


@pytest.mark.parametrize(
    ("train_rows", "valid_rows", "complaint"),
    [
        (TRAIN[:1], VALID, "at least two labelled clips in the training split; there is 1"),
        (UNLABELLED, VALID, "there is 0"),
        (TRAIN, VALID[:0], "validation split holds no labelled clip"),
        (TRAIN, UNLABELLED, "validation split holds no labelled clip"),
    ],
)
def test_splits_too_small_to_learn_from_are_refused(corpus, train_rows, valid_rows, complaint):
    epochs = train(corpus, recipe=recipe("paper", semi=True), train_rows=train_rows, valid_rows=valid_rows, seed=1)
    with pytest.raises(TrainingError, match=complaint):
        next(epochs)


def test_each_encoder_learns_at_its_own_rate(corpus):
    settings = recipe("released", semi=True)
    network = build_network(settings, corpus.feature_sizes)
    groups = build_optimizer(network, settings).param_groups
    assert [group["lr"] for group in groups] == [5e-4, 1e-3, 1e-3, 5e-4]
    assert [group["weight_decay"] for group in groups] == [1e-5, 0.0, 1e-5, 1e-5]
    assert sum(len(group["params"]) for group in groups) == len(list(network.parameters()))


@needs_cuda
@pytest.mark.parametrize("name", ["paper", "released"])
def test_a_gpu_trains_to_nearly_the_same_losses(corpus, name):
    settings = recipe(name, semi=True, encoder_dropout=0, classifier_dropout=0, **QUICK)
    slow, fast = (first_epoch(corpus, settings, device=device) for device in ("cpu", "cuda"))
    assert fast.losses == pytest.approx(slow.losses, rel=1e-2)


@pytest.mark.parametrize("device", [pytest.param("cpu", marks=needs_bfloat16), pytest.param("cuda", marks=needs_cuda)])
def test_a_training_in_bfloat16_comes_to_nearly_the_same_losses(corpus, device):
    settings = recipe("paper", semi=True, **QUICK)
    exact, rounded = (first_epoch(corpus, settings, device=device, bfloat16=chosen) for chosen in (False, True))
    assert rounded.losses != exact.losses
    assert rounded.valid_loss == pytest.approx(exact.valid_loss, rel=0.1)
