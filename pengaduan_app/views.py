"""Kept for sites whose urls.py names the health page as `pengaduan_app.views.health`, as
docs/plugin.md did before the page moved to its wing."""

from .operations.views import health

__all__ = ["health"]
