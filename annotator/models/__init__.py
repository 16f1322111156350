"""Tables of labeling: campaigns, their annotators, who rates what, the answers, and what they were shown."""

from annotator.models.answers import REASONS, Annotation, Assignment, AssignmentQuerySet, Progress
from annotator.models.campaigns import RULES, Campaign, CampaignClip, Membership, MembershipChange
from annotator.models.decisions import Decision
from annotator.models.preparation import (
    TOLD,
    Admission,
    CalibrationAnswer,
    CalibrationRound,
    ReadinessCheck,
    Reference,
    ReferenceQuerySet,
)
from annotator.models.renditions import (
    Audit,
    Overruling,
    RegionDrawing,
    Rendition,
    RenditionQuerySet,
    TextReading,
    TranscriptReview,
    overrulings_of_outer,
)
from annotator.models.score_files import ScoreFile

__all__ = [
    "REASONS",
    "RULES",
    "TOLD",
    "Admission",
    "Annotation",
    "Assignment",
    "AssignmentQuerySet",
    "Audit",
    "CalibrationAnswer",
    "CalibrationRound",
    "Campaign",
    "CampaignClip",
    "Decision",
    "Membership",
    "MembershipChange",
    "Overruling",
    "Progress",
    "ReadinessCheck",
    "Reference",
    "ReferenceQuerySet",
    "RegionDrawing",
    "Rendition",
    "RenditionQuerySet",
    "ScoreFile",
    "TextReading",
    "TranscriptReview",
    "overrulings_of_outer",
]
