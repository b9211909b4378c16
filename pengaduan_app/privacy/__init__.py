"""What must not get out: personal data in texts, and what is hidden in files.

redaction    finds and masks personal data in text that is to be published (SOP B1)
names        where a text names its reporter, for certain or perhaps
usual_words  the usual words of Indonesian, which a name can be made of
attachments  checks and cleans what citizens attach
"""

from .attachments import CleanFile
from .redaction import Found, mask_personal_data

__all__ = [
    "CleanFile",
    "Found",
    "attachments",
    "mask_personal_data",
    "redaction",
]
