"""The whole rule of who may do what, written out by hand, for the tests to hold the code to."""

from __future__ import annotations

ENDINGS = dict.fromkeys(("decline", "refer", "duplicate"), "operator")
READING = dict.fromkeys(("ask", "classify"), "operator")
REMIND = {"remind": "coordinator"}

# The whole rule, written out: in which state whose turn it is to do what at the desk.
DESK = {
    "received": {"verify": "operator", **READING, **ENDINGS, **REMIND},
    "verified": {
        "forward": "operator",
        "answer": "operator",
        "misrouted": "operator",
        **READING,
        **ENDINGS,
        **REMIND,
    },
    "routing": {"transfer": "admin"},
    "no agency yet": {"transfer": "admin"},
    "study": {"misrouted": "operator", "ask": "official", **REMIND},
    "decision": {"misrouted": "operator", "ask": "head", **REMIND},
    "coordination": {
        "misrouted": "operator",
        "ask": "head",
        "contribute": "official called to coordinate",
        **REMIND,
    },
    "entry": {"misrouted": "operator", "ask": "operator", **REMIND},
    "editing": {"classify": "editor"},
    "correction": {"classify": "editor", "keep": "editor"},
    "published": {"correct": ("editor", "coordinator")},
    "answered_privately": {"correct": ("editor", "coordinator")},
    # For ten minutes, while nobody has been told.
    "declined": {"undo": "operator"},
    "referred": {"undo": "operator"},
    "duplicate": {"undo": "operator"},
    # Handled again it stays with its agency, and ends with an answer.
    "reopened study": {"ask": "official", **REMIND},
    "reopened verified": {"forward": "operator", "answer": "operator", **READING, **REMIND},
}
DESK_TARGETS = {
    "verify": "verified",
    "forward": "study",
    "answer": "editing",
    "misrouted": "routing",
    "transfer": "received",
    "decline": "declined",
    "refer": "referred",
    "duplicate": "duplicate",
    # They move nothing.
    "remind": "",
    "ask": "",
    "classify": "",
    "contribute": "",
    "correct": "correction",
    "keep": "published",
    "undo": "received",
}
# And on the page in the workflow: whose turn it is, and where it leads.
WORKFLOW = {
    "study": ("official", {"approve": "decision", "send_back": "verified"}),
    "decision": (
        "head",
        {"approve": "entry", "coordinate": "coordination", "send_back": "study"},
    ),
    "coordination": ("head", {"approve": "entry", "send_back": "study"}),
    "entry": ("operator", {"approve": "editing", "send_back": "decision"}),
    "editing": ("editor", {"approve": "publication", "send_back": "entry"}),
    "publication": (
        "coordinator",
        {"approve": "published", "send_back": "editing", "publish_privately": "answered_privately"},
    ),
    "correction": ("editor", {"approve": "correction_check"}),
    "correction_check": (
        "coordinator",
        {
            "approve": "published",
            "send_back": "correction",
            "publish_privately": "answered_privately",
        },
    ),
    "confidential publication": (
        "coordinator",
        {"send_back": "editing", "publish_privately": "answered_privately"},
    ),
}
# Whose the open step may be, and who else gives it to them or takes it back.
HOLDERS = {
    "received": ("operator", "head"),
    "verified": ("operator", "head"),
    "routing": ("admin", ""),
    "no agency yet": ("admin", ""),
    "study": ("official", "head"),
    "decision": ("head", ""),
    "coordination": ("head", ""),
    "entry": ("operator", "head"),
    "editing": ("editor", "coordinator"),
    "publication": ("coordinator", ""),
    "confidential publication": ("coordinator", ""),
    "correction": ("editor", "coordinator"),
    "correction_check": ("coordinator", ""),
    "reopened study": ("official", "head"),
    "reopened verified": ("operator", "head"),
}
ASSIGNING = ("take", "give", "release")
WORKFLOW_ACTIONS = ("approve", "coordinate", "send_back", "publish_privately")
