"""Addresses of the public site that are not pages."""

from django.db import connection
from django.http import JsonResponse


def health(request):
    """200 while the database answers, for a load balancer or a watchdog."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})
