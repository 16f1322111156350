"""Find in a transcript what tells of other modalities: stage directions, names of speakers, notes of music."""

import re

# Each with what it is called where it is flagged.
MARKERS: tuple[re.Pattern[str], ...] = (
    re.compile(r"[(（\[【<〈{][^()（）\[\]【】<>〈〉{}]*[)）\]】>〉}]"),  # (笑), [laughs], 【音乐】
    re.compile(r"\*[^*\s][^*]*\*"),  # *sighs*
    re.compile(r"[♪♫♬🎵]+"),
    re.compile(
        r"^\s*(?:[\u4e00-\u9fff·]{1,6}|[A-Za-z][A-Za-z .'-]{0,24}?)\s*[:：](?=\s*\S)", re.MULTILINE
    ),  # 小李：, ANNA:
    re.compile(r"^\s*(?:>>|[-–—])\s*(?=\S)", re.MULTILINE),  # a change of speaker
)


def markers_in(transcript: str) -> list[str]:
    """What an admin should look at, in the order of the text; empty for words alone.

    >>> markers_in("小李：你真的来了（笑）"), markers_in("你真的来了")
    (['小李：', '（笑）'], [])
    """
    found = [match for marker in MARKERS for match in marker.finditer(transcript)]
    return [match.group().strip() for match in sorted(found, key=lambda match: match.start())]
