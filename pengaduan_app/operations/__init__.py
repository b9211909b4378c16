"""What keeps the service running: its health, and what an agency needs to work.

health    whether database, cluster, outbox and reminders are alive
sections  an agency's group, section page and permissions
views     `/healthz/`
"""

from .sections import give_agency_its_section

__all__ = [
    "give_agency_its_section",
    "health",
    "sections",
]
