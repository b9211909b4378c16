"""The citizen's addresses: complain, receipt, follow up."""

from django.urls import path

from . import followup_views, sending, views

app_name = "pengaduan"

urlpatterns = [
    path("lapor/", views.SubmitView.as_view(), name="submit"),
    path("lapor/saran/", sending.AdviceView.as_view(), name="advice"),
    path("lapor/terima/", views.ReceiptView.as_view(), name="receipt"),
    path("lacak/", views.TrackView.as_view(), name="track"),
    path("lacak/aduan/", followup_views.TrackedView.as_view(), name="tracked"),
    path("lacak/lampiran/<int:pk>/", views.tracked_attachment, name="attachment"),
    path("lacak/<slug:word>/", followup_views.FollowUpView.as_view(), name="follow_up"),
]
