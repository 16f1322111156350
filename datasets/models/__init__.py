"""Tables of what is collected, agreed and frozen: projects, clips, labels, versions, exports; of jobs and analyses."""

from datasets.models.analyses import Analysis
from datasets.models.clips import MODALITIES, SPLITS, Clip, Label, Source
from datasets.models.jobs import Job
from datasets.models.projects import Event, Project, Role
from datasets.models.versions import Download, Export, Version, VersionClip, VersionReport

__all__ = [
    "MODALITIES",
    "SPLITS",
    "Analysis",
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
