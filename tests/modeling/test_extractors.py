"""Extractors on tiny texts, made media and a real face."""

from pathlib import Path

import ffmpeg
import numpy as np
import pytest

from datasets.media.command import MediaError, run_ffmpeg
from datasets.vocabulary import Modality
from modeling.extractors import EXTRACTORS, NoSuchExtractor, digest, extractor, extractor_for
from modeling.extractors.bert import TOKENS, Bert
from modeling.extractors.decoding import decode_pictures, decode_sound
from modeling.extractors.face_geometry import COLUMNS, LANDMARKS, describe_face, expression
from modeling.extractors.interface import ClipInput, ExtractionFailed, ExtractorUnavailable
from modeling.extractors.landmarks import fill_gaps
from modeling.extractors.lsa import Lsa

TRANSCRIPTS = ["今天真高兴", "今天很难过", "我不知道", "真的太好了", "太难过了"]


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second of a grey picture with a tone of 220 Hz."""
    path = tmp_path_factory.mktemp("media") / "tone.mp4"
    picture = ffmpeg.input("color=gray:size=64x48:rate=10", f="lavfi", t=1)
    tone = ffmpeg.input("sine=frequency=220:sample_rate=16000", f="lavfi", t=1)
    run_ffmpeg(ffmpeg.output(picture, tone, str(path), vcodec="libx264", acodec="aac"), reading=path)
    return path


@pytest.mark.parametrize("name", EXTRACTORS)
def test_each_extractor_is_registered_under_its_own_name_and_modality(name: str) -> None:
    assert (extractor(name).name, extractor(name).modality) == (name, EXTRACTORS[name])


def test_unknown_names_and_wrong_modalities_list_what_there_is() -> None:
    with pytest.raises(NoSuchExtractor, match="lsa, bert, egemaps, landmarks"):
        extractor("openface")
    with pytest.raises(NoSuchExtractor, match="no vision extractor named “lsa”"):
        extractor_for(Modality.VISION, "lsa")


def test_the_digest_follows_the_settings() -> None:
    assert digest(Bert("one")) == digest(Bert("one")) != digest(Bert("another"))


def test_lsa_is_fitted_on_the_transcripts_that_it_is_given_alone() -> None:
    fitted = Lsa().fit(TRANSCRIPTS)
    assert fitted.columns == ("lsa_0", "lsa_1", "lsa_2", "lsa_3")
    known, foreign = (fitted.extract(ClipInput(text)).frames for text in ("今天真高兴", "nothing alike"))
    assert known.shape == (1, 4)
    assert np.linalg.norm(known) > 0.5
    assert not foreign.any()


def test_lsa_gives_the_same_numbers_every_time() -> None:
    first, second = (Lsa().fit(TRANSCRIPTS).extract(ClipInput("太难过")).frames for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_lsa_puts_like_transcripts_near_each_other() -> None:
    fitted = Lsa().fit(TRANSCRIPTS)
    sad, sadder, unsure = (fitted.extract(ClipInput(text)).frames[0] for text in ("很难过", "太难过了", "我不知道"))
    assert sad @ sadder > sad @ unsure


def test_lsa_needs_two_training_transcripts() -> None:
    with pytest.raises(ExtractorUnavailable, match="has 1"):
        Lsa().fit(["今天"])
    with pytest.raises(ExtractorUnavailable, match="fitted"):
        Lsa().extract(ClipInput("今天"))


def test_egemaps_gives_25_named_columns_100_times_a_second(media: Path) -> None:
    frames = extractor("egemaps").extract(ClipInput("", media)).frames
    columns = extractor("egemaps").columns
    assert len(columns) == frames.shape[1] == 25
    assert 94 <= len(frames) <= 102
    pitch = np.median(frames[:, columns.index("F0semitoneFrom27.5Hz_sma3nz")])
    assert pitch == pytest.approx(36, abs=0.5)  # 220 Hz is three octaves above 27.5 Hz


def test_sound_too_short_for_a_window_fails(tmp_path: Path) -> None:
    path = tmp_path / "short.wav"
    tone = ffmpeg.input("sine=frequency=220:sample_rate=16000", f="lavfi", t=0.03)
    run_ffmpeg(ffmpeg.output(tone, str(path)), reading=path)
    with pytest.raises(ExtractionFailed, match="60 ms"):
        extractor("egemaps").extract(ClipInput("", path))


def test_pictures_come_at_the_asked_rate_and_size(media: Path) -> None:
    pictures = list(decode_pictures(media, rate=25, longest_side=32))
    assert len(pictures) == 25
    assert pictures[0].shape == (24, 32, 3)
    assert abs(int(pictures[0].mean()) - 128) < 4


def test_a_clip_without_sound_or_picture_says_so(media: Path, tmp_path: Path) -> None:
    silent, heard = tmp_path / "silent.mp4", tmp_path / "heard.wav"
    run_ffmpeg(ffmpeg.output(ffmpeg.input(str(media))["v"], str(silent), vcodec="copy"), reading=media)
    run_ffmpeg(ffmpeg.output(ffmpeg.input(str(media))["a"], str(heard)), reading=media)
    with pytest.raises(MediaError, match="no sound"):
        decode_sound(silent, rate=16_000)
    with pytest.raises(MediaError, match="no picture"):
        next(decode_pictures(heard, rate=25, longest_side=64))


def test_a_clip_without_a_face_fails_with_the_share_found(media: Path) -> None:
    with pytest.raises(ExtractionFailed, match="found in 0% of the 25 frames; at least 75%"):
        extractor("landmarks").extract(ClipInput("", media))


def test_frames_without_a_face_lie_between_their_neighbours() -> None:
    face = np.ones(2, np.float32)
    filled = fill_gaps([None, 2 * face, None, 4 * face], np.array([False, True, False, True]))
    np.testing.assert_allclose(filled, [[2, 2, 0], [2, 2, 1], [3, 3, 0], [4, 4, 1]])


def test_landmarks_are_68_points_of_the_mesh() -> None:
    assert len(set(LANDMARKS)) == 68
    mesh = np.random.default_rng(0).random((478, 2))
    described = dict(zip(COLUMNS, describe_face(mesh, aspect=1.5), strict=True))
    assert described["x_8"] == pytest.approx(mesh[152, 0])  # iBUG's ninth point is the chin
    assert described["y_30"] == pytest.approx(mesh[4, 1])  # its 31st the tip of the nose


def test_expression_does_not_change_with_the_face_s_size_place_and_tilt() -> None:
    mesh = np.random.default_rng(0).random((478, 2))
    turn = np.array([[np.cos(0.3), -np.sin(0.3)], [np.sin(0.3), np.cos(0.3)]])
    np.testing.assert_allclose(expression(mesh), expression(0.5 * mesh @ turn.T + 3), rtol=1e-6)


def test_landmarks_of_a_real_face(shared_media: Path) -> None:
    extracted = extractor("landmarks").extract(ClipInput("", shared_media / "one_face_2s.mp4"))
    columns = extractor("landmarks").columns
    assert extracted.found is not None
    assert extracted.found >= 0.9
    assert extracted.frames.shape == (60, len(columns))
    named = {name: extracted.frames[:, place] for place, name in enumerate(columns)}
    assert (named["x_0"] < named["x_16"]).all()  # jaw from left to right
    assert (named["y_19"] < named["y_37"]).all()  # brow above eye
    assert (named["y_62"] <= named["y_66"] + 0.01).all()  # upper lip above lower
    assert np.abs(named["pose_Rz"]).max() < 0.3
    assert (named["pose_Tz"] > 200).all()
    assert set(np.unique(named["found"])) <= {0.0, 1.0}


def test_a_real_face_gives_the_same_numbers_every_time(shared_media: Path) -> None:
    clip = ClipInput("", shared_media / "one_face_2s.mp4")
    first, second = (extractor("landmarks").extract(clip).frames for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_bert_gives_a_vector_for_each_token_and_the_padded_tokens(bert_folder: Path) -> None:
    bert = Bert(str(bert_folder))
    assert bert.problem() is None
    bert.check()
    extracted = bert.extract(ClipInput("今天真高兴"))
    assert extracted.tokens is not None
    assert extracted.tokens.shape == (3, TOKENS)
    assert extracted.tokens[1].sum() == len(extracted.frames) == 7  # five characters, [CLS] and [SEP]
    assert extracted.frames.shape[1] == len(bert.columns) == 8


def test_bert_vectors_do_not_depend_on_padding(bert_folder: Path) -> None:
    import torch
    from transformers import AutoModel

    extracted = Bert(str(bert_folder)).extract(ClipInput("我不知道"))
    assert extracted.tokens is not None
    ids, mask, types = (torch.from_numpy(row[None]) for row in extracted.tokens)
    network = AutoModel.from_pretrained(bert_folder).eval()
    with torch.inference_mode():
        padded = network(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state[0]
    np.testing.assert_allclose(extracted.frames, padded[: len(extracted.frames)], atol=1e-5)


def test_a_long_transcript_is_cut_at_50_tokens(bert_folder: Path) -> None:
    assert len(Bert(str(bert_folder)).extract(ClipInput("好" * 80)).frames) == TOKENS


@pytest.mark.parametrize("model", ["/no/such/folder", "bad folder name"])
def test_a_missing_bert_is_one_error_that_names_the_setting(model: str) -> None:
    with pytest.raises(ExtractorUnavailable, match="CUESET_BERT_MODEL"):
        Bert(model).check()


def test_a_folder_without_weights_names_what_it_lacks(bert_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes((bert_folder / "config.json").read_bytes())
    assert "lacks model.safetensors" in str(Bert(str(tmp_path)).problem())
    with pytest.raises(ExtractorUnavailable, match="CUESET_BERT_MODEL"):
        Bert(str(tmp_path)).check()
