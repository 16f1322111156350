"""The one kind of error that people are meant to read."""

from config.sentences import Sentence


class DomainError(Exception):
    """Something a person asked for cannot be done; says what, where and how to mend it.

    `code` is stable and machine-readable, `status` the HTTP status that the API answers with, and `details`
    holds what a program may want to know (rows, ids, limits), as JSON.
    """

    code = "domain_error"
    status = 400

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    @property
    def sentence(self) -> Sentence:
        """What it says, as it is kept with what failed."""
        return Sentence(self.code, self.message)


class NotFound(DomainError):
    """What was named does not exist, or not for this person."""

    code = "not_found"
    status = 404


class NotAllowed(DomainError):
    """This person may not do this."""

    code = "not_allowed"
    status = 403


class Conflict(DomainError):
    """The state of things does not permit this now."""

    code = "conflict"
    status = 409
