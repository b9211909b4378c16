"""What must not get out: personal data in texts, and whatever hides in files.

redaction    finds and masks personal data in text on its way to the public (SOP B1)
attachments  judges and cleans what citizens attach
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
