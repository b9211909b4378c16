"""What the process that opens a file says: the new file, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What a file is opened for."""

    ATTACHMENT = "attachment"  # a citizen's photo or document: made anew
    PICTURE = "picture"  # an editor's picture: made anew
    ANSWER = "answer"  # a picture of an answer: made anew, in the sizes that pages show
    DOCUMENT = "document"  # an editor's PDF: looked into, and kept as it is


class Reason(StrEnum):
    """Why a file is refused."""

    UNKNOWN = "unknown"  # of no kind that is taken
    NO_PHOTO = "no photo"  # begins like a photo, and can't be decoded
    CUT_OFF = "cut off"  # more than the last few bytes are missing
    MANY_PIXELS = "many pixels"
    BROKEN_PDF = "broken PDF"
    LOCKED_PDF = "locked PDF"
    MANY_PAGES = "many pages"
    ACTIVE_PDF = "active PDF"  # with programs or files inside
    COMPLICATED = "complicated"  # over a limit of the process
    BUSY = "busy"  # other files are being opened, for longer than anybody waits
    FAULT = "fault"  # not the file's: the process couldn't work


class Refused(Exception):
    """There is no new file; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Opened:
    """The new file, and the suffix that says its type."""

    content: bytes
    suffix: str
