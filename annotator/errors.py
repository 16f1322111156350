"""What can go wrong while people label, each with its stable code."""

from config.errors import Conflict, DomainError, NotAllowed


class StageLocked(Conflict):
    """The stage is not open for this annotator: others come first, or it is already behind."""

    code = "stage_locked"


class CampaignNotOpen(Conflict):
    """The campaign is paused or closed."""

    code = "campaign_not_open"


class KeyReused(Conflict):
    """An idempotency key came a second time with another answer."""

    code = "idempotency_key_reused"


class NothingToUndo(Conflict):
    """The stage holds no last answer that may still be changed."""

    code = "nothing_to_undo"


class OffTheScale(DomainError):
    """A score that is not on the scale."""

    code = "off_the_scale"


class NotPerceived(DomainError):
    """An answer came too soon for the clip to have been played or read to its end."""

    code = "not_perceived"


class NoSuchReason(DomainError):
    """A reason that cannot hold in this stage, or that stands beside a score."""

    code = "no_such_reason"


class BadCampaign(DomainError):
    """A campaign cannot be made of what was given."""

    code = "bad_campaign"


class BadTable(DomainError):
    """A CSV file that cannot be read as annotations at all."""

    code = "bad_table"


class FileTooLarge(DomainError):
    """A file is larger than the server takes."""

    code = "file_too_large"
    status = 413


class FileCutOff(DomainError):
    """A file did not arrive whole."""

    code = "file_cut_off"


class MediaRefused(NotAllowed):
    """This person may not perceive this file now."""

    code = "media_refused"


class BadIsolation(DomainError):
    """Isolation parameters that no rendition can be made with."""

    code = "bad_isolation"


class IsolationInUse(Conflict):
    """A campaign whose renditions have been rated cannot be isolated in another way."""

    code = "isolation_in_use"


class BadPreparation(DomainError):
    """Settings of what comes before a stage that cannot be."""

    code = "bad_preparation"


class ClipIsRated(Conflict):
    """A clip whose score would be told is rated in the campaign, and the admin has not said that this is meant."""

    code = "clip_is_rated"


class CalibrationNeeded(Conflict):
    """The stage opens after its calibration."""

    code = "calibration_needed"


class CheckNeeded(Conflict):
    """Sound or screen were never tried before this stage."""

    code = "check_needed"


class StageRests(Conflict):
    """The gap after the stage before has not passed yet; `opens_at` says when it has."""

    code = "stage_rests"
