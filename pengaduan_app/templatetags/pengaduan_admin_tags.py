"""Template tags of the admin screens."""

from django import template
from django.utils import timezone

from .. import labels
from ..remaining import remaining
from ..sop import Step

register = template.Library()


@register.inclusion_tag("pengaduan_app/admin/due.html")
def due_in_words(due_at, limit_minutes):
    """How much time is left of a step: in words, with a colour and an icon."""
    return {"left": remaining(due_at, limit_minutes, timezone.now())}


@register.filter
def step_label(step):
    """What an SOP step is called."""
    return labels.STEPS[Step(step)]
