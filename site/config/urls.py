"""The site's addresses."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.views import favicon, robots, security_txt
from pengaduan_app.operations.views import health

from .api import api_router

STAFF_LOGIN = RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)
urlpatterns = [
    # Before Wagtail's: its log-in would ask for no second factor.
    path("admin/", include("home.staff_login.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", api_router.urls),
    path("cari/", include("search.urls")),
    path("healthz/", health, name="health"),
    path("favicon.ico", favicon),
    path("robots.txt", robots),
    path(".well-known/security.txt", security_txt),
    # Wagtail's own log-in for closed pages counts no wrong passwords: the staff's does.
    path("_util/login/", STAFF_LOGIN),
    path("", include("pengaduan_app.urls")),
]
if getattr(settings, "DEMO_ALLOWED", False):
    # In production the reverse proxy serves them.
    media = {"document_root": settings.MEDIA_ROOT}
    urlpatterns += [path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", serve, media)]
urlpatterns += [path("", include(wagtail_urls))]
