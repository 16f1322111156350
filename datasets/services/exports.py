"""Ask for files of a version for people outside; datasets.services.exporting makes them."""

from collections.abc import Callable, Mapping
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction

from config.errors import DomainError
from config.sentences import sentence
from datasets.formats.chsims_features import STEPS
from datasets.jobs import enqueue
from datasets.models import Download, Export, Job, Version
from datasets.people import record_event
from datasets.services.versions import WithdrawnVersion
from datasets.vocabulary import Modality

FORMATS = ("chsims", "parquet", "huggingface", "csv")

FeatureProvider = Callable[[Version], Mapping[Modality, str]]
_feature_providers: list[FeatureProvider] = []


class UnknownFormat(DomainError):
    """There is no such export format."""

    code = "unknown_format"


def register_feature_provider(provider: FeatureProvider) -> None:
    """Tell exports where a version's feature files are; called once, when the app that keeps them is ready.

    The provider answers with storage keys of files that `datasets.features` wrote, for those of text, audio and
    vision whose feature set is complete; where there are several, it chooses.
    """
    if provider not in _feature_providers:
        _feature_providers.append(provider)


def feature_files(version: Version) -> dict[Modality, str]:
    """Storage keys of the version's feature files by modality; empty unless text, audio and vision are all there."""
    found = {modality: key for provider in _feature_providers for modality, key in provider(version).items()}
    return found if set(STEPS) <= set(found) else {}


@transaction.atomic
def request_export(
    *,
    version: Version,
    format: str = "chsims",
    include_media: bool = True,
    although_withdrawn: bool = False,
    author: User | None = None,
) -> tuple[Export, Job]:
    """Put the making of a file into the ledger; the export has its file once the job has ended well.

    Raises UnknownFormat, or WithdrawnVersion unless a withdrawn version is wanted all the same.
    """
    if format not in FORMATS:
        raise UnknownFormat(f"There is no export format “{format}”; choose from: {', '.join(FORMATS)}.")
    if version.withdrawn_at and not although_withdrawn:
        raise WithdrawnVersion(
            f"Version {version.number} was withdrawn ({version.withdrawn_reason}); to export it all the same, say so "
            "with although_withdrawn."
        )
    pk = uuid4()
    job = enqueue(
        kind="export_version",
        queue="media",
        title=sentence(
            "export_version",
            "Export {project} {number} as {format}",
            project=version.project.name,
            number=version.number,
            format=format,
        ),
        payload={"export": str(pk)},
        project=version.project,
        created_by=author,
        priority=2,  # somebody waits for the download, while renditions are made for later
    )
    options = {"include_media": include_media}
    export = Export.objects.create(pk=pk, version=version, format=format, options=options, job=job)
    record_event(
        verb="export_version", subject=version.number, project=version.project, actor=author,
        export=str(pk), format=format, include_media=include_media,
    )  # fmt: skip
    return export, job


@transaction.atomic
def record_download(*, export: Export, actor: User) -> None:
    """Remember who took which file, with the export and in the project's record."""
    Download.objects.create(export=export, user=actor)
    record_event(
        verb="downloaded_export", subject=file_name(export), project=export.version.project, actor=actor,
        export=str(export.pk), version=str(export.version_id), sha256=export.sha256,
    )  # fmt: skip


def file_name(export: Export) -> str:
    """Name that the file has outside: project, version, whether it was withdrawn, format."""
    version = export.version
    number = f"{version.number}-withdrawn" if version.withdrawn_at else version.number
    return f"{folder_name(version.project.name)}-{number}-{export.format}.zip"


def folder_name(name: str) -> str:
    """The project's name as the name of a folder: letters and digits of any script, `-`, `_` and `.`."""
    kept = "".join(character if character.isalnum() or character in "-_." else "_" for character in name)
    return kept.lstrip(".") or "dataset"
