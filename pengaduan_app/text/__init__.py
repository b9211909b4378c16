"""What a text is, for every door that takes one: what is kept, what is blank, what finds it.

signs     which signs nobody sees, and what is blank to the eye
keeping   how a text is stored: as it was typed, in one form of Unicode
seeking   how a text is searched, with the way back to the places in the text as it is stored
contacts  telephone numbers and e-mail addresses: what is kept, and what is wrong
fields    the form fields of all texts
"""

from .contacts import (
    SHORTEST_NUMBER,
    PhoneFault,
    digits_of,
    email_address,
    is_deliverable,
    phone_fault,
)
from .fields import LineField, TextField
from .keeping import kept, one_line, shortened
from .seeking import Sought
from .signs import is_blank, without_invisible

__all__ = [
    "SHORTEST_NUMBER",
    "LineField",
    "PhoneFault",
    "Sought",
    "TextField",
    "digits_of",
    "email_address",
    "is_blank",
    "is_deliverable",
    "kept",
    "one_line",
    "phone_fault",
    "shortened",
    "without_invisible",
]
