"""Croissant 1.1 (`croissant.json`): what the files of an export are, field by field, and how the labels were made."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from datasets.formats.archive import FileFacts
from datasets.formats.card import Card, copies_text, withdrawn_warning
from datasets.formats.data_card import PROTOCOL, consent_sentences, rating_text, rule_text
from datasets.formats.isolation import isolation_sentence

CONFORMS_TO = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "arrayShape": "cr:arrayShape",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/x-parquet",
    ".json": "application/json",
    ".md": "text/markdown",
    ".html": "text/html",
    ".txt": "text/plain",
    ".mp4": "video/mp4",
    ".pkl": "application/octet-stream",
}
# Types of columns by their names; every other column is text.
NUMBERS = frozenset({"label", "label_T", "label_A", "label_V", "seconds"})
INTEGERS = frozenset({"score", "plays"})
TRUTHS = frozenset({"supervised", "simulated"})
LISTS = "scores_"


@dataclass(frozen=True)
class Table:
    """A file whose columns are described, and whether lists in it are lists (Parquet) or texts (CSV)."""

    file: str
    columns: Sequence[str]
    has_lists: bool = field(default=False)


def write_croissant(card: Card, files: Iterable[FileFacts], tables: Iterable[Table]) -> bytes:
    """The metadata as JSON; every file with its SHA-256, every table with its columns."""
    facts: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": card.name,
        "description": describe(card),
        **({"creativeWorkStatus": "withdrawn"} if card.withdrawn else {}),
        "license": card.provenance.licence or "not given by the publisher",
        # The system knows no address of the dataset; its content has a name of its own.
        "url": f"urn:sha256:{card.sha256}",
        "version": card.number,
        "creator": {"@type": "sc:Organization", "name": card.name},
        "datePublished": card.published,
        "isLiveDataset": False,
        "citeAs": f"{card.name}, version {card.number}, SHA-256 {card.sha256}",
        **responsible_ai(card),
        "distribution": [file_object(file) for file in files],
        "recordSet": [record_set(table) for table in tables],
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()


def describe(card: Card) -> str:
    """The publisher's description, or what it is in a few words; before it, that it was withdrawn."""
    what = card.provenance.description or f"Multimodal sentiment labels of {card.statistics['clips']} clips."
    return f"{withdrawn_warning(card)}\n{what}" if card.withdrawn else what


def responsible_ai(card: Card) -> dict[str, Any]:
    """The responsible-AI fields that the system can fill from what it recorded."""
    rating = card.rating
    per_label = "; ".join(f"{count} labels of {scores} scores" for scores, count in rating.per_label.items())
    alpha = "; ".join(
        f"{modality}: {each.value:.3f} ({each.low:.3f} to {each.high:.3f})" if each else f"{modality}: not defined"
        for modality, each in rating.alpha.items()
    )
    protocol = PROTOCOL.strip() if rating.annotations else rating_text(card)
    isolated = isolation_sentence(card.statistics.get("isolation", []))
    collection = card.provenance.collection
    return {
        **({"rai:dataCollection": collection} if collection else {}),
        "rai:dataAnnotationProtocol": " ".join(part for part in (protocol, isolated) if part),
        "rai:dataAnnotationPlatform": "Cueset" if rating.annotations else "not known: labels were imported",
        "rai:dataAnnotationAnalysis": f"Interval Krippendorff's alpha (95 % interval): {alpha}." if alpha else "none",
        "rai:annotationsPerItem": per_label or "not known: labels were imported",
        "rai:machineAnnotationTools": "All scores were made by a program." if card.simulated else "none",
        "rai:dataLimitation": " ".join(
            ["Labels are of perceived sentiment, not of what speakers felt.", copies_text(card.copies)]
        ),
        "rai:dataPreprocessingProtocol": rule_text(card.aggregation),
        "rai:personalSensitiveInformation": " ".join(
            ["Faces and voices of the people in the sources, where videos are included.", *consent_sentences(card)]
        ),
    }


def file_object(file: FileFacts) -> dict[str, str]:
    """A file of the distribution, addressed from the folder that croissant.json lies in."""
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.name,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": MEDIA_TYPES.get(PurePosixPath(file.name).suffix, "application/octet-stream"),
        "sha256": file.sha256,
    }


def record_set(table: Table) -> dict[str, Any]:
    """A table and its columns."""
    name = str(PurePosixPath(table.file).with_suffix("")).replace("/", "_")
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "field": [field_facts(name, table, column) for column in table.columns],
    }


def field_facts(record_set: str, table: Table, column: str) -> dict[str, Any]:
    """A column with its type."""
    facts: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{record_set}/{column}",
        "name": column,
        "dataType": data_type(column, table),
        "source": {"fileObject": {"@id": table.file}, "extract": {"column": column}},
    }
    if table.has_lists and column.startswith(LISTS):
        facts |= {"isArray": True, "arrayShape": "-1"}
    return facts


def data_type(column: str, table: Table) -> str:
    """Type of a column, by its name."""
    if column in NUMBERS:
        return "sc:Float"
    if column in INTEGERS or (table.has_lists and column.startswith(LISTS)):
        return "sc:Integer"
    return "sc:Boolean" if column in TRUTHS else "sc:Text"
