"""Distributions tell where the clips of a campaign lie, and outliers lie at the bad end."""

from annotator.isolation.summary import BINS, mean_descriptors, summarize_figures, value_at


def record(estoi, f0=0.99):
    return {"voice": {"estoi": estoi, "f0_correlation": f0}, "syllables": None, "snr": -12.0}


def test_a_figure_has_its_distribution_and_threshold():
    records = [(str(n), record(n / 100)) for n in range(101)]
    figures, _ = summarize_figures(records, {"most_estoi": 0.25})
    (estoi,) = (figure for figure in figures if figure["name"] == "estoi")
    assert (estoi["least"], estoi["median"], estoi["most"], estoi["threshold"]) == (0.0, 0.5, 1.0, 0.25)
    assert (estoi["clips"], sum(estoi["counts"]), len(estoi["edges"])) == (101, 101, BINS + 1)


def test_outliers_lie_at_the_end_that_is_bad_for_their_figure():
    records = [
        ("low", record(0.1, 0.80)),
        ("high", record(0.9, 0.99)),
        *((str(n), record(0.2, 0.95)) for n in range(9)),
    ]
    _, outliers = summarize_figures(records, {})
    assert outliers["high"]["estoi"] == 0.9
    assert outliers["low"]["f0_correlation"] == 0.80
    assert "estoi" not in outliers["low"]


def test_a_record_without_a_figure_is_left_out():
    figures, _ = summarize_figures([("silent", record(None)), ("older", {})], {})
    assert [figure["name"] for figure in figures] == ["f0_correlation", "snr"]
    assert value_at({"syllables": None}, ("syllables", "rate")) is None


def test_descriptors_are_averaged_over_the_clips_that_have_them():
    means = mean_descriptors(
        [{"descriptors": {"Loudness": 0.9, "jitter": None}}, {"descriptors": {"Loudness": 0.7}}, {}]
    )
    assert means == [{"name": "Loudness", "mean": 0.8, "clips": 2}]
