from config.kept import kept


def test_an_answer_is_computed_once_until_its_marker_changes():
    computed = []

    def compute():
        computed.append(1)
        return {"rows": len(computed)}

    assert [kept("rows", (1, None), compute) for _ in range(3)] == [{"rows": 1}] * 3
    assert kept("rows", (2, None), compute) == {"rows": 2}
    assert kept("others", (2, None), compute) == {"rows": 3}
    assert kept("rows", (2, None), compute) == {"rows": 2}


def test_none_is_an_answer_that_is_kept():
    computed = []
    assert kept("nothing", 1, lambda: computed.append(1)) is None
    assert kept("nothing", 1, lambda: computed.append(1)) is None
    assert computed == [1]
