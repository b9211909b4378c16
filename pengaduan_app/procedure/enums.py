"""The procedure's plain vocabulary: words without rules. Pure Python."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Who acts (SOP, "Who acts")."""

    OPERATOR = "operator"
    OFFICIAL = "official"
    HEAD = "head"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class Action(StrEnum):
    """What a person may do to a complaint. Values are words of addresses."""

    VERIFY = "verify"
    FORWARD = "forward"
    ANSWER = "answer"
    MISROUTED = "misrouted"
    TRANSFER = "transfer"
    DECLINE = "decline"
    REFER = "refer"
    DUPLICATE = "duplicate"
    APPROVE = "approve"
    COORDINATE = "coordinate"
    SEND_BACK = "send_back"
    PUBLISH_PRIVATELY = "publish_privately"
    WITHDRAW = "withdraw"
    CORRECT = "correct"
    KEEP = "keep"
    REMIND = "remind"
    ASK = "ask"
    CLASSIFY = "classify"
    UNDO = "undo"
    CONTRIBUTE = "contribute"
    TAKE = "take"
    GIVE = "give"
    RELEASE = "release"
    INFORM = "inform"
    REPLY = "reply"
    RETRACT = "retract"
    RATE = "rate"
    REOPEN = "reopen"


class Kind(StrEnum):
    """What the service takes (SOP, "What the service takes, and what it declines")."""

    COMPLAINT = "complaint"
    CRITICISM = "criticism"
    SUGGESTION = "suggestion"


class Ground(StrEnum):
    """Why the service may decline (same section of the SOP)."""

    UNETHICAL = "unethical"
    SARA = "sara"
    IRRESPONSIBLE = "irresponsible"


class Channel(StrEnum):
    """How a complaint came: sent by its reporter, or entered by staff (receiving.py)."""

    WEB = "web"
    SMS = "sms"
    TELEPHONE = "phone"
    LETTER = "letter"
    COUNTER = "counter"
    SOCIAL_MEDIA = "social"


class Consent(StrEnum):
    """How a reporter agreed that their data are used (UU PDP 27/2022)."""

    FORM = "form"
    SPOKEN = "spoken"
    SIGNED = "signed"
    WRITTEN = "written"


class Privacy(StrEnum):
    OPEN = "open"
    CONFIDENTIAL = "confidential"


class DayOffKind(StrEnum):
    """Why offices are closed on a day."""

    PUBLIC = "public"
    # Cuti bersama: leave that the government takes collectively, by joint decree.
    COLLECTIVE = "collective"
    OWN = "own"


class Entry(StrEnum):
    """What reporter and agency say to each other in a complaint's thread."""

    INFORMATION = "information"
    QUESTION = "question"
    REPLY = "reply"
    RATING = "rating"
    REOPENING = "reopening"
    RETRACTION = "retraction"


class Outcome(StrEnum):
    """How a step ended, as recorded in the ledger."""

    DONE = "done"
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    MISROUTED = "misrouted"
    TRANSFERRED = "transferred"
    DECLINED = "declined"
    REFERRED = "referred"
    DUPLICATE = "duplicate"
    COORDINATED = "coordinated"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    ANSWERED_PRIVATELY = "answered_privately"
    RETRACTED = "retracted"
    # A correction was begun, and the answer is fit as it is.
    KEPT = "kept"
    REMINDED = "reminded"
    # While C1 was open, the agency did its step before anyone reminded it.
    OVERTAKEN = "overtaken"
