"""The site's addresses."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.views import robots
from pengaduan_app.views import health
from search.views import search_page, suggestions

from .api import api_router

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", api_router.urls),
    path("cari/", search_page, name="search"),
    path("cari/saran/", suggestions, name="suggestions"),
    path("healthz/", health, name="health"),
    path("robots.txt", robots),
    path("", include("pengaduan_app.urls")),
]
if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += [path("", include(wagtail_urls))]
