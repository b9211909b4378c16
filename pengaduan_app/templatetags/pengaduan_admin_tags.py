"""Template tags of the admin screens."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from ..deadlines import remaining
from ..presentation import person_name
from ..procedure import Outcome, Step, labels

register = template.Library()


@register.inclusion_tag("pengaduan_app/desk/due.html")
def due_in_words(due_at, limit_minutes):
    """How much time is left of a step: in words, with a colour and an icon."""
    return {"left": remaining(due_at, limit_minutes, timezone.now())}


@register.filter
def said_by(entry):
    """Who wrote an entry of the thread: a member of staff by name, never the reporter."""
    if entry.is_of_reporter:
        return _("Reporter")
    return person_name(entry.author)


@register.filter
def done_by(record):
    """Who closed a row of the ledger. Without a name it was the reporter, who has no account,
    or the reminders' own clockwork."""
    if record.finished_by:
        return person_name(record.finished_by)
    return _("Reporter") if record.outcome == Outcome.RETRACTED else _("automatic")


@register.filter
def step_label(step):
    """What an SOP step is called."""
    return labels.STEPS[Step(step)]
