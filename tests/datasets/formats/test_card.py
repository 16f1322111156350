import json
from dataclasses import replace

from datasets.formats.card import Card, Copies, Features, write_card
from datasets.formats.croissant import write_croissant
from datasets.formats.data_card import write_data_card
from datasets.manifest import FrozenClip
from datasets.provenance import Provenance, SourceTerms
from datasets.statistics import describe_clips
from datasets.vocabulary import Modality, Split


def statistics(*splits: Split) -> dict:
    labels = {Modality.MULTIMODAL: -5}
    return describe_clips(
        [FrozenClip("v", str(n), "话", "", 1000, split=split, labels=labels) for n, split in enumerate(splits)]
    )


CARD = Card(
    name="面孔",
    number="1.2.0",
    sha256="ab" * 32,
    simulated=False,
    aggregation="trimmed_mean",
    statistics=statistics(Split.TRAIN),
    copies={"transcripts": Copies(14, 0), "media": Copies(2, 0)},
    include_media=True,
    provenance=Provenance(licence="CC BY 4.0"),
    features=Features(extractors={Modality.TEXT: "lsa", Modality.AUDIO: "egemaps", Modality.VISION: "landmarks"}),
)


def text_of(card: Card) -> str:
    return write_card(card).decode()


def test_the_card_names_the_version_by_number_and_hash() -> None:
    assert text_of(CARD).startswith(f"面孔, version 1.2.0\nSHA-256 of manifest.json: {'ab' * 32}\n")
    assert "Licence: CC BY 4.0" in text_of(CARD)
    assert "ask before you use it" in text_of(replace(CARD, provenance=Provenance()))


def test_every_card_tells_what_is_nearly_the_same_across_splits() -> None:
    told = (
        "Near-identical pairs across splits: 0 of transcripts (14 clips compared), "
        "0 of videos by perceptual hash (2 clips compared)."
    )
    found = replace(CARD, copies=CARD.copies | {"transcripts": Copies(14, 3)})
    for write in (text_of, write_data_card, lambda card: write_croissant(card, [], []).decode()):
        assert told in write(CARD)
        assert "WARNING: Near-identical" not in write(CARD)
        assert "WARNING: Near-identical pairs across splits: 3 of transcripts (14 clips" in write(found)


def test_simulated_scores_are_said_loudly_and_only_then() -> None:
    assert "SIMULATED" in text_of(replace(CARD, simulated=True))
    assert "SIMULATED" not in text_of(CARD)


def test_a_withdrawn_version_says_so_first_and_only_then() -> None:
    withdrawn = replace(CARD, withdrawn="Withdrawn on 2026-02-03: wrong <b>videos</b>")
    assert text_of(withdrawn).split("\n\n")[1].startswith("WITHDRAWN, do not use this version. Withdrawn on")
    card = write_data_card(withdrawn)
    assert card.split("\n\n")[1] == (
        "**WITHDRAWN, do not use this version. Withdrawn on 2026-02-03: wrong &lt;b>videos&lt;/b>**"
    )
    facts = json.loads(write_croissant(withdrawn, [], []))
    assert facts["creativeWorkStatus"] == "withdrawn"
    assert facts["description"].startswith("WITHDRAWN")
    for standing in (text_of(CARD), write_data_card(CARD), write_croissant(CARD, [], []).decode()):
        assert "withdrawn" not in standing.lower()


def test_the_data_card_tells_how_the_splits_were_made_and_how_alike_they_are() -> None:
    known = statistics(Split.TRAIN, Split.TEST) | {"split_by": "clip"}
    card = write_data_card(replace(CARD, statistics=known, seed=1111, follows="1.1.0", notes="New clips."))
    assert "Nothing was kept together" in card
    assert "Seed 1111." in card
    assert "train and valid not defined; train and test 0.000; valid and test not defined" in card
    assert "- Follows version: 1.1.0" in card
    assert "New clips." in card


def test_leaks_between_splits_are_a_warning() -> None:
    leaking = replace(CARD, statistics=statistics(Split.TRAIN, Split.TEST))
    assert "WARNING: in more than one split: 1 of its sources." in text_of(leaking)
    assert "No source and no known speaker" in text_of(CARD)


def test_table_1_stands_in_aligned_columns() -> None:
    lines = text_of(CARD).splitlines()
    row = next(line for line in lines if line.strip().startswith("train "))
    assert row.split() == ["train", "1", "1", "0", "0", "0", "0"]
    assert len(row) == len(next(line for line in lines if line.strip().startswith("split ")))


def test_what_differs_from_the_published_pickles_is_told() -> None:
    text = text_of(CARD)
    assert "text_bert is empty" in text
    features = replace(CARD.features, has_tokens=True, cut={Modality.AUDIO: 3}, without=["v$_$9"])
    text = text_of(replace(CARD, features=features))
    assert "text_bert is empty" not in text
    assert "3 clips are longer than 925 steps of audio" in text
    assert "v$_$9" in text


def test_what_is_not_in_the_zip_is_told() -> None:
    text = text_of(replace(CARD, features=Features(), include_media=False))
    assert "There are no feature pickles" in text
    assert "There are no videos" in text
    assert "unlabelled.csv" not in text


def test_hours_that_nobody_knows_are_not_told_as_none() -> None:
    unknown = CARD.statistics | {"milliseconds": {"all": 0}}
    assert "- Hours: not known, the clips came without videos" in write_data_card(replace(CARD, statistics=unknown))
    assert "- Hours: 0.00" in write_data_card(CARD)


def test_the_data_card_tells_how_sources_were_collected_and_what_consent_is_recorded_of_how_many() -> None:
    known = Provenance(
        collection="Recorded in <b>one</b> studio.",
        consent="Everybody signed.",
        sources={"v": SourceTerms(origin="studio, day 1", consent="form 7"), "w": SourceTerms(origin="studio, day 2")},
    )
    facts = CARD.statistics | {"sources": 3}
    card = write_data_card(replace(CARD, provenance=known, statistics=facts))
    assert "Recorded in &lt;b>one&lt;/b> studio.\n\n3 sources; the origin of 2 of them is in manifest.json." in card
    assert "Everybody signed.\n\nConsent by source: form 7 (1 sources). None is recorded of 2 sources." in card
    croissant = json.loads(write_croissant(replace(CARD, provenance=known, statistics=facts), [], []))
    assert croissant["rai:dataCollection"] == known.collection
    assert "Everybody signed." in croissant["rai:personalSensitiveInformation"]


def test_the_data_card_says_that_nothing_is_known_of_collection_and_consent() -> None:
    card = write_data_card(CARD)
    assert "did not tell how the sources were collected" in card
    assert "No consent of the people in the sources is recorded" in card
    assert "rai:dataCollection" not in json.loads(write_croissant(CARD, [], []))
