import pytest

from datasets.versions.numbering import next_number

BEFORE = {"a": ("train", 2, 1), "b": ("", None, None)}


@pytest.mark.parametrize(
    ("now", "number"),
    [
        (BEFORE, "1.2.4"),
        ({**BEFORE, "c": ("", None, None)}, "1.3.0"),
        ({**BEFORE, "a": ("test", 2, 1)}, "2.0.0"),
        ({**BEFORE, "a": ("train", 2, 0)}, "2.0.0"),
        ({"a": BEFORE["a"]}, "2.0.0"),
        ({"a": BEFORE["a"], "c": BEFORE["b"]}, "2.0.0"),
    ],
    ids=["nothing", "added", "split", "label", "removed", "replaced"],
)
def test_the_number_tells_what_changed(now: dict, number: str) -> None:
    assert next_number("1.2.3", BEFORE, now) == number
