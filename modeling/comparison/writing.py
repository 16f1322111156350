"""The comparison to take away: CSV for a spreadsheet, LaTeX for a paper."""

import csv
import io
from collections.abc import Iterator, Sequence

from modeling.comparison.measuring import Comparison, Measured
from modeling.comparison.published import PERCENT, Table
from modeling.significance import Spread

HEADS = {"acc2": "Acc2", "f1": "F1", "acc2_weak": "Acc2 weak", "corr": "Corr", "r2": "R2", "mae": "MAE"}
_SPECIAL = str.maketrans({"_": r"\_", "&": r"\&", "%": r"\%", "#": r"\#"})


def as_csv(comparison: Comparison, version: str) -> str:
    """One line for each row and metric: published figure, and our mean, standard deviation and number of seeds."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["table", "row", "metric", "published on CH-SIMS v2.0", f"mean on {version}", "deviation", "seeds"])
    for each, measured in _lines(comparison):
        for name in each.metrics:
            found = measured.ours.get(name)
            ours = [found.mean, found.deviation, found.runs] if found else [None, None, None]
            table.writerow([each.number, measured.row.name, name, measured.row.published[name], *ours])
    return text.getvalue()


def as_latex(comparison: Comparison, version: str) -> str:
    """Three tabulars; under each published row that was trained here, ours, as mean ± deviation."""
    return "\n".join(_tabular(table, rows, version) for table, rows in comparison.tables)


def _lines(comparison: Comparison) -> Iterator[tuple[Table, Measured]]:
    for table, rows in comparison.tables:
        for measured in rows:
            yield table, measured


def _tabular(table: Table, rows: Sequence[Measured], version: str) -> str:
    lines = [
        f'% Table {table.number} of the CH-SIMS v2.0 paper; rows marked "here" were measured on {version}.',
        rf"\begin{{tabular}}{{l{'r' * len(table.metrics)}}}",
        r"\hline",
        " & ".join(["", *(HEADS[name] for name in table.metrics)]) + r" \\",
        r"\hline",
    ]
    for measured in rows:
        published = [_figure(name, measured.row.published[name]) for name in table.metrics]
        lines.append(" & ".join([measured.row.name.translate(_SPECIAL), *published]) + r" \\")
        if measured.ours:
            ours = [_spread(name, measured.ours[name]) for name in table.metrics]
            lines.append(" & ".join([r"\quad here", *ours]) + r" \\")
    return "\n".join([*lines, r"\hline", r"\end{tabular}", ""])


def _figure(name: str, value: float) -> str:
    return f"{value:.2f}" if name in PERCENT else f"{value:.3f}"


def _spread(name: str, found: Spread | None) -> str:
    if found is None:
        return "--"
    deviation = "" if found.deviation is None else rf" $\pm$ {_figure(name, found.deviation)}"
    return f"{_figure(name, found.mean)}{deviation}"
