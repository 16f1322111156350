"""Tables of what is collected, agreed and frozen: projects, sources, clips, labels, versions, exports, jobs."""

from datasets.models.clips import MODALITIES, SPLITS, Clip, Label, Source
from datasets.models.jobs import Job
from datasets.models.projects import Event, Project, Role
from datasets.models.versions import Download, Export, Version, VersionClip, VersionReport

__all__ = [
    "MODALITIES",
    "SPLITS",
    "Clip",
    "Download",
    "Event",
    "Export",
    "Job",
    "Label",
    "Project",
    "Role",
    "Source",
    "Version",
    "VersionClip",
    "VersionReport",
]
