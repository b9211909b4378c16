"""Template tags of the admin screens."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import labels
from ..sop import Step
from .pengaduan_tags import duration

register = template.Library()


@register.inclusion_tag("pengaduan_app/admin/due.html")
def due_in_words(due_at):
    """How much time is left until `due_at`, or how late it is, in words."""
    now = timezone.now()
    late = due_at < now
    words = _("%(time)s late") if late else _("%(time)s left")
    return {"late": late, "words": words % {"time": duration(abs(due_at - now))}, "due_at": due_at}


@register.filter
def said_by(entry):
    """Who wrote an entry of the thread: a member of staff by name, never the reporter."""
    if entry.is_of_reporter:
        return _("Reporter")
    return entry.author.get_full_name() or entry.author.get_username()


@register.filter
def step_label(step):
    """What an SOP step is called."""
    return labels.STEPS[Step(step)]
