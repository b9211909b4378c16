"""Template tags of the admin screens."""

from django import template
from django.utils import timezone

from .. import labels
from ..sop import Step

register = template.Library()


@register.inclusion_tag("pengaduan_app/admin/due.html")
def due_in_words(due_at):
    """How much time is left until `due_at`, or how late it is, in words."""
    now = timezone.now()
    return {"late": due_at < now, "left": abs(due_at - now), "due_at": due_at}


@register.filter
def step_label(step):
    """What an SOP step is called."""
    return labels.STEPS[Step(step)]
