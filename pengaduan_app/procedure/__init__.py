"""The SOP as data and rules, to be followed by hand. Pure Python, except for the labels.

sop          steps, roles, limits, states, and the named sets of states
transitions  every move that the SOP permits
enums        the plain vocabulary: words without rules
clock        deadline arithmetic over three clocks
receiving    what staff enter for somebody, and when its clock starts
escalation   when an open step is reminded of, and who is told
labels       what all of these are called on the screen
reader_labels  the same of confidential complaints and of corrections
"""

from .clock import DAY, WIB, Calendar, ClockKind, Hours, Period, Span, Week
from .enums import (
    Action,
    Channel,
    Consent,
    DayOffKind,
    Entry,
    Ground,
    Kind,
    Outcome,
    Privacy,
    Role,
)
from .escalation import DEFAULT_PERCENTS, ReminderKind, Stage
from .sop import AGENCY_ROLES, AGENCY_STEPS, ANSWERED_STATES, STEPS, WORKFLOW_STEPS, State, Step
from .transitions import Transition

__all__ = [
    "AGENCY_ROLES",
    "AGENCY_STEPS",
    "ANSWERED_STATES",
    "DAY",
    "DEFAULT_PERCENTS",
    "STEPS",
    "WIB",
    "WORKFLOW_STEPS",
    "Action",
    "Calendar",
    "Channel",
    "ClockKind",
    "Consent",
    "DayOffKind",
    "Entry",
    "Ground",
    "Hours",
    "Kind",
    "Outcome",
    "Period",
    "Privacy",
    "ReminderKind",
    "Role",
    "Span",
    "Stage",
    "State",
    "Step",
    "Transition",
    "Week",
    "clock",
    "escalation",
    "labels",
    "reader_labels",
    "receiving",
    "sop",
    "transitions",
]
