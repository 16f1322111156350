"""The data card: how a version was collected, rated and split, what it is not, in Markdown and as a page of HTML."""

from html import escape

from markdown_it import MarkdownIt

from datasets.formats.card import Card, copies_text, leak_warning, simulated_warning, withdrawn_warning
from datasets.formats.isolation import isolation_section
from datasets.provenance import consents_of, origins_known
from datasets.statistics import distances_between
from datasets.vocabulary import Modality, SentimentClass

PROTOCOL = (
    "Every annotator rates every clip four times: from the transcript alone, the sound alone (noised so that words "
    "cannot be made out), the silent picture alone (burned-in text masked), and everything together, in this order. "
    "A score is a whole number from -3 (strongly negative) to 3 (strongly positive). Nobody sees anybody's scores "
    "while rating. "
)
RULES = {
    "trimmed_mean": "of a clip's scores in one modality the highest and the lowest are dropped; the mean of the "
    "others, divided by 3, is rounded to the nearest multiple of 0.2 (CH-SIMS v2.0, section 3.2).",
    "mean": "the mean of a clip's scores in one modality, divided by 3, is rounded to the nearest multiple of 0.2.",
    "median": "the median of a clip's scores in one modality, divided by 3, is rounded to the nearest multiple of 0.2.",
    "ewe": "the mean of a clip's scores in one modality, each weighted by its annotator's correlation with the mean of "
    "all (evaluator weighted estimator, Grimm and Kroschel 2005), divided by 3, is rounded to the nearest multiple of "
    "0.2.",
    "dawid_skene": "the most probable score by the model of Dawid and Skene (1979), divided by 3, is rounded to "
    "the nearest multiple of 0.2.",
}
TOGETHER = {
    "speaker": "Clips of one speaker or one source are in one split.",
    "source": "Clips of one source are in one split; one speaker may be in several.",
    "clip": "Nothing was kept together: clips of one source or speaker may be in several splits.",
}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body{{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem;color:#222}}
table{{display:block;overflow-x:auto;margin:1rem 0;border-collapse:collapse;font-variant-numeric:tabular-nums}}
td,th{{padding:.2rem .8rem;border-bottom:1px solid #ddd;text-align:right}}td{{white-space:nowrap}}
td:first-child,th:first-child{{text-align:left}}code{{word-break:break-all}}</style></head>
<body>
{body}</body></html>
"""


def write_data_card(card: Card) -> str:
    """The card in Markdown."""
    parts = [
        f"# {plain(card.name)} {card.number}",
        f"**{plain(withdrawn_warning(card))}**" if card.withdrawn else "",
        f"**{simulated_warning(card)}**" if card.simulated else "",
        plain(card.provenance.description),
        plain(card.notes),
        facts(card),
        "## How it was collected\n\n" + collection_text(card),
        "## Clips\n\n" + clips_table(card),
        "## How it was split\n\n" + split_text(card),
        "## How it was rated\n\n" + rating_text(card),
        agreement_table(card),
        "## How modalities were isolated\n\n" + isolation_text(card),
        "## Limits\n\n" + limits(card),
        "## Licence and consent\n\n" + licence_text(card),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_page(markdown: str, *, title: str) -> bytes:
    """The card as a page of HTML; markup in names and descriptions is shown, never run."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return PAGE.format(title=escape(title), body=body).encode()


def plain(text: str) -> str:
    """A text of the publisher, so that it cannot open a tag or a link to a script in any reader of Markdown."""
    return text.replace("<", "&lt;").replace("](", "]\\(")


def facts(card: Card) -> str:
    """What names the version."""
    hours = card.statistics["milliseconds"]["all"] / 3_600_000
    rows = {
        "Version": card.number,
        "Follows version": card.follows,
        "Published": card.published,
        "SHA-256 of manifest.json": f"`{card.sha256}`",
        "Sources": str(card.statistics["sources"]),
        "Speakers known": str(card.statistics["speakers"]),
        "Hours": f"{hours:.2f}" if hours else "not known, the clips came without videos",
    }
    return "\n".join(f"- {name}: {value}" for name, value in rows.items() if value)


def collection_text(card: Card) -> str:
    """How the sources came together, as the publisher tells it; or that this is not known."""
    told = plain(card.provenance.collection) or "The publisher did not tell how the sources were collected."
    known, sources = origins_known(card.provenance), card.statistics["sources"]
    return f"{told}\n\n{sources} sources; the origin of {known} of them is in manifest.json."


def clips_table(card: Card) -> str:
    """Table 1 of the paper, as a table of Markdown."""
    columns = ["split", "total", *(str(name) for name in SentimentClass)]
    lines = [columns, ["---"] * len(columns)]
    lines += [
        ["–" if row[column] is None else str(row[column]) for column in columns] for row in card.statistics["table1"]
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def split_text(card: Card) -> str:
    """What was kept together, by which seed, how alike the splits are, and whether anything is in two of them."""
    known = card.statistics
    kept = TOGETHER.get(known.get("split_by", ""), "")
    seed = "" if card.seed is None else f" Seed {card.seed}."
    apart = "; ".join(
        f"{' and '.join(each['splits'])} {in_digits(each['distance'])}"
        for each in distances_between(known["classes"][Modality.MULTIMODAL])
    )
    scale = "0: the same shares of the five classes, 1: none in common"
    leaks = f"{leak_warning(known)} {copies_text(card.copies)}"
    return f"{kept}{seed} Class distance between splits ({scale}): {apart}. {leaks}".strip()


def in_digits(distance: float | None) -> str:
    """A distance with three digits, where it is defined."""
    return "not defined" if distance is None else f"{distance:.3f}"


def rating_text(card: Card) -> str:
    """Who rated, how, and how labels were made; or that nothing is known about it."""
    rating = card.rating
    if not rating.annotations:
        return "The labels were imported ready: their single scores, annotators and protocol are not known here."
    per_label = ", ".join(f"{count} labels of {scores} scores" for scores, count in rating.per_label.items())
    rule = rule_text(card.aggregation)
    who = "a program" if card.simulated else "people, known by pseudonym"
    return (
        f"{rating.annotators} annotators ({who}) gave {rating.annotations} scores: {per_label}. {PROTOCOL}"
        f"Labels: {rule}"
    )


def rule_text(aggregation: str) -> str:
    """How labels were made of scores, rule by rule where a version has several (` + ` between their names)."""
    return " Others: ".join(RULES.get(name, f"by the rule “{name}”.") for name in aggregation.split(" + "))


def agreement_table(card: Card) -> str:
    """Interval Krippendorff's α with its 95 % interval, by modality."""
    if not card.rating.alpha:
        return ""
    lines = ["| modality | Krippendorff's α (interval) | 95 % interval |", "| --- | --- | --- |"]
    for modality, alpha in card.rating.alpha.items():
        numbers = f"{alpha.value:.3f} | {alpha.low:.3f} … {alpha.high:.3f}" if alpha else "not defined | –"
        lines.append(f"| {modality} | {numbers} |")
    return "\n".join(lines)


def isolation_text(card: Card) -> str:
    """The audits' figures as they were when the version was published; or that nothing is known about it."""
    known = isolation_section(card.statistics.get("isolation", []))
    return known or "Not known here: no campaign of this system settled these labels, or the version is older."


def limits(card: Card) -> str:
    """What a user must not read into the data, as far as the system can know it."""
    known = card.statistics
    lines = [
        "Labels are of perceived sentiment, not of what speakers felt.",
        f"Annotation is of {known['supervised']} clips; {known['unsupervised']} have no labels.",
    ]
    if not known["speakers"]:
        lines.append("Speakers are not known, so one person may be in several splits.")
    unlabelled = [
        str(modality) for modality in Modality if not any(sum(c.values()) for c in known["classes"][modality].values())
    ]
    if unlabelled:
        lines.append(f"There are no labels of {', '.join(unlabelled)}.")
    return "\n".join(f"- {line}" for line in lines)


def licence_text(card: Card) -> str:
    """The licence as given, and what is recorded of the consent of the people in the sources."""
    licence = plain(card.provenance.licence) or "No licence was given by the publisher; ask before you use it."
    return "\n\n".join([licence, *map(plain, consent_sentences(card))])


def consent_sentences(card: Card) -> list[str]:
    """What the publisher says of the consent of the people in the sources, and of how many sources each consent is."""
    said = card.provenance.consent
    consents = consents_of(card.provenance, card.statistics["sources"])
    recorded = "; ".join(f"{consent} ({sources} sources)" for consent, sources in consents.items() if consent)
    if not said and not recorded:
        return ["No consent of the people in the sources is recorded; ask the publisher."]
    lines = [said] if said else []
    if recorded:
        without = consents.get("", 0)
        lines.append(
            f"Consent by source: {recorded}." + (f" None is recorded of {without} sources." if without else "")
        )
    return lines
