"""What must not get out: personal data in texts, and what is hidden in files.

redaction    finds and masks personal data in text that is to be published (SOP B1)
names        where a text names its reporter, for certain or perhaps
usual_words  the usual words of Indonesian, which a name can be made of
attachments  judges and cleans what citizens attach
answer_pictures  the files of an answer's picture, with what is to be hidden burnt in
guard        hands a file to a process of its own, with limits
opening/     what that process runs: draws photos and documents anew
"""

from . import answer_pictures
from .attachments import CleanFile
from .guard import measured
from .opening.containers import is_pdf, kind_of
from .opening.sizes import MOST_REGIONS, PARTS, Region, SizedPicture
from .opening.verdict import Purpose
from .redaction import Found, mask_personal_data
from .usual_words import is_little, root_of

__all__ = [
    "MOST_REGIONS",
    "PARTS",
    "CleanFile",
    "Found",
    "Purpose",
    "Region",
    "SizedPicture",
    "answer_pictures",
    "attachments",
    "is_little",
    "is_pdf",
    "kind_of",
    "mask_personal_data",
    "measured",
    "redaction",
    "root_of",
]
