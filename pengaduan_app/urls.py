"""The public addresses: complain, track and follow up; answers, feeds, sitemaps, statistics."""

from django.urls import path

from .citizen.views import advice, follow_up, submission, tracking
from .publication import feeds, pictures, sitemaps
from .publication import views as browse
from .statistics import views as statistics_views

app_name = "pengaduan"

urlpatterns = [
    path("lapor/", submission.SubmitView.as_view(), name="submit"),
    path("lapor/saran/", advice.AdviceView.as_view(), name="advice"),
    path("lapor/terima/", submission.ReceiptView.as_view(), name="receipt"),
    path("lacak/", tracking.TrackView.as_view(), name="track"),
    path("lacak/aduan/", tracking.TrackedView.as_view(), name="tracked"),
    path("lacak/keluar/", tracking.LeaveView.as_view(), name="leave"),
    path("lacak/lampiran/<int:pk>/", tracking.tracked_attachment, name="attachment"),
    path(
        "lacak/foto/<int:key>-<int:width>.<slug:suffix>",
        tracking.tracked_picture,
        name="tracked_picture",
    ),
    path("pengaduan/foto/<int:key>-<int:width>.<slug:suffix>", pictures.picture, name="picture"),
    path("pengaduan/", browse.index, name="index"),
    path("pengaduan/<slug:slug>/", browse.agency, name="agency"),
    path("pengaduan/<slug:agency>/<slug:slug>/", browse.answer, name="answer"),
    path("statistik/", statistics_views.statistics_page, name="statistics"),
    path("statistik/<slug:name>.csv", statistics_views.statistics_file, name="statistics_file"),
    path("feed/", feeds.NewestAnswers(), name="feed"),
    path("feed/atom/", feeds.NewestAnswersAtom(), name="feed_atom"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_part, name="sitemap"),
    path("lacak/<slug:word>/", follow_up.FollowUpView.as_view(), name="follow_up"),
]
