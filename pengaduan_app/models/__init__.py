"""The data of the procedure, one file a subject."""

from .agency import Agency
from .complaint import Attachment, Complaint
from .outbox import OutboxMessage
from .pages import AgencyPage, ComplaintIndexPage, ComplaintPage
from .published import PublishedAnswer
from .references import CannedAnswer, Category, StepLimit, Village
from .reporter import Reporter
from .steps import StepRecord

__all__ = [
    "Agency",
    "AgencyPage",
    "Attachment",
    "CannedAnswer",
    "Category",
    "Complaint",
    "ComplaintIndexPage",
    "ComplaintPage",
    "OutboxMessage",
    "PublishedAnswer",
    "Reporter",
    "StepLimit",
    "StepRecord",
    "Village",
]
