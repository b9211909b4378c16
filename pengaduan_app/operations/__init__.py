"""What keeps the service running: its health, and what an agency needs to work.

clock_jumps  finds what a clock that was set back left in the future
foundations  what the procedure rests on, and what of it is missing
health       whether database, cluster, outbox and reminders are alive
kept         what can't be deleted or taken away
schedules    what the cluster does by itself, and when
sections     an agency's group, section page and permissions
supervised   django-q2's cluster as the supervisor runs it
supervisor   starts the cluster anew when it hangs or dies
views        `/healthz/`
vital_signs  what the supervisor knows of the cluster
"""

from .schedules import ensure_schedules
from .sections import give_agency_its_section

__all__ = [
    "clock_jumps",
    "ensure_schedules",
    "foundations",
    "give_agency_its_section",
    "health",
    "kept",
    "schedules",
    "sections",
    "supervisor",
]
