"""Near texts and near videos are what comparing every pair of clips would find, and cost no pair by itself."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from datasets.manifest import FrozenClip
from datasets.versions.near_media import near_media
from datasets.versions.near_pairs import Near
from datasets.versions.near_texts import near_texts, plain
from datasets.vocabulary import Split

SPLITS = list(Split)
CLIPS = st.lists(
    st.tuples(
        st.text("abc", min_size=3, max_size=9),
        st.integers(0, 25).map(lambda bits: (1 << bits) - 1),  # as a picture
        st.sampled_from([1000, 1100, 1112, 1200]),
        st.sampled_from([*Split, None]),
    ),
    max_size=25,
)


def clips_of(drawn: list[tuple[str, int, int, Split | None]]) -> tuple[list[FrozenClip], dict[str, str]]:
    clips = [
        FrozenClip(f"v{number % 7}", str(number), text, "", length, split=split)
        for number, (text, _, length, split) in enumerate(drawn)
    ]
    return clips, {clip.name: f"{bits:048x}" for clip, (_, bits, _, _) in zip(clips, drawn, strict=True)}


def by_every_pair(clips: list[FrozenClip], likeness_of) -> list[tuple[str, str, tuple[Split, Split], float]]:
    found = []
    for one, other in combinations([clip for clip in clips if clip.split], 2):
        first, second = sorted((one, other), key=lambda clip: SPLITS.index(clip.split))
        likeness = likeness_of(first, second)
        if first.split is not second.split and likeness is not None:
            found.append((first.name, second.name, (first.split, second.split), round(likeness, 3)))
    return sorted(found, key=lambda pair: (-pair[3], pair[0], pair[1]))


def as_found(near: Near) -> list[tuple[str, str, tuple[Split, Split], float]]:
    return [(pair.first, pair.second, pair.splits, pair.likeness) for pair in near.pairs]


@given(CLIPS, st.integers(1, 30))
def test_near_texts_are_those_of_every_pair(drawn, most: int) -> None:
    def likeness(one: FrozenClip, other: FrozenClip) -> float | None:
        here, there = ({a + b for a, b in pairwise(plain(clip.transcript))} for clip in (one, other))
        share = len(here & there) / len(here | there)
        return share if share >= 0.8 and min(len(one.transcript), len(other.transcript)) >= 4 else None

    clips, _ = clips_of(drawn)
    expected, near = by_every_pair(clips, likeness), near_texts(clips, most=most)
    assert (near.found, as_found(near)) == (len(expected), expected[:most])


@given(CLIPS, st.integers(1, 30))
def test_near_videos_are_those_of_every_pair(drawn, most: int) -> None:
    clips, fingerprints = clips_of(drawn)

    def likeness(one: FrozenClip, other: FrozenClip) -> float | None:
        apart = (int(fingerprints[one.name], 16) ^ int(fingerprints[other.name], 16)).bit_count()
        lengths = sorted((one.milliseconds, other.milliseconds))
        return 1 - apart / 192 if apart <= 18 and lengths[1] * 0.9 <= lengths[0] else None

    expected, near = by_every_pair(clips, likeness), near_media(clips, fingerprints, most=most)
    assert (near.found, as_found(near)) == (len(expected), expected[:most])


def test_a_sentence_that_everybody_says_is_counted_without_making_its_pairs() -> None:
    clips = [
        FrozenClip(f"v{number:05}", "1", "今天的天气真是太好了", "", 1000, split=SPLITS[number % 3])
        for number in range(30_000)
    ]
    near = near_texts(clips, most=3)
    assert near.found == 3 * 10_000**2
    assert [(pair.first, pair.second) for pair in near.pairs] == [
        ("v00000$_$1", "v00001$_$1"), ("v00000$_$1", "v00002$_$1"), ("v00000$_$1", "v00004$_$1"),
    ]  # fmt: skip
