"""`/healthz/`, for a watchdog and a load balancer."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import health as health_checks


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """`/healthz/`: 200 while everything is alive, otherwise 503.

    `?only=database` is for a load balancer, which must not take the site offline because a
    mail server is down.
    """
    report = health_checks.examine()
    parts = ("database", "cluster", "outbox", "reminders", "procedure", "files")
    body: dict[str, object] = {part: "ok" if getattr(report, part) else "failing" for part in parts}
    body["last_heartbeat"] = report.last_heartbeat
    for name in ("oldest_unsent", "oldest_due_step"):
        age = getattr(report, name)
        body[f"{name}_seconds"] = int(age.total_seconds()) if age else 0
    body["messages_given_up"] = report.given_up
    only_database = request.GET.get("only") == "database"
    alive = report.database if only_database else report.alive
    return JsonResponse(body, status=200 if alive else 503)
