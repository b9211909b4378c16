"""The public site's pages and settings."""

from .pages import ContentPage, HomePage, ProcedurePage, default_body
from .settings import ServiceSettings

__all__ = ["ContentPage", "HomePage", "ProcedurePage", "ServiceSettings", "default_body"]
