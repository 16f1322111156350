"""Cells of tables for spreadsheets."""

import pytest

from config.spreadsheet import harmless


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_a_formula_becomes_text(cell):
    assert harmless(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are():
    assert (harmless("第一句"), harmless(3)) == ("第一句", "3")
