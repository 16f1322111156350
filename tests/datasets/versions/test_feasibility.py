from datasets.splitting import Candidate
from datasets.versions.feasibility import judge_feasibility
from datasets.vocabulary import SentimentClass


def clips(sources: int, each: int = 3, speaker: str = "") -> list[Candidate]:
    return [
        Candidate(f"v{source}", str(number), speaker, SentimentClass.NEU)
        for source in range(sources)
        for number in range(each)
    ]


def judged(candidates: list[Candidate]) -> dict[str, tuple[int, bool]]:
    found = judge_feasibility(candidates)["groupings"]
    return {each["split_by"]: (each["groups"], each["feasible"]) for each in found}


def test_one_speaker_in_all_sources_leaves_sources_and_clips() -> None:
    assert judged(clips(4, speaker="王")) == {"speaker": (1, False), "source": (4, True), "clip": (12, True)}


def test_two_clips_cannot_fill_three_splits() -> None:
    assert judged(clips(1, 2)) == {"speaker": (1, False), "source": (1, False), "clip": (2, False)}


def test_a_source_larger_than_the_training_split_keeps_the_shares_from_nine_two_three() -> None:
    (_, by_source, _) = judge_feasibility([*clips(3, 2), *clips(1, 40)])["groupings"]
    assert by_source["feasible"]
    assert not by_source["near_shares"]
    assert by_source["largest"] == 42


def test_a_class_with_two_clips_is_scarce() -> None:
    rare = [Candidate("w", str(number), "", SentimentClass.POS) for number in range(2)]
    assert judge_feasibility([*clips(3), *rare])["scarce"] == [{"name": "POS", "clips": 2}]


def test_no_clips_are_judged_too() -> None:
    assert judged([])["clip"] == (0, False)
