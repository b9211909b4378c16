"""Where staff keep the pictures of an answer, and public relations choose a citizen's photo."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from ... import actions, permissions
from ...models import AnswerPicture, Attachment, PictureFile, publishable_photos
from ...presentation import picture_response
from ...privacy import attachments
from ..complaint.complaint_facts import admin_url
from ..complaint.complaint_views import ComplaintFormView, ComplaintMixin
from .picture_forms import AddPictureForm, ArrangeForm, PhotoForm


class PicturesFormView(ComplaintFormView):
    """What both screens share: they belong to the step of the page, and lead back to its editor."""

    def check_allowed(self) -> None:
        actions.check_pictures(self.complaint, self.user)

    def get_complaint_url(self) -> str:
        return admin_url("inspect", self.complaint)

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["editor_url"] = reverse("wagtailadmin_pages:edit", args=[self.complaint.page.pk])
        return context


class PicturesView(PicturesFormView):
    """`/admin/complaints/<id>/pictures/`: the draft's pictures, a new one, the citizen's photos."""

    form_class = AddPictureForm
    template_name = "pengaduan_app/desk/pictures.html"

    @cached_property
    def pictures(self) -> list[AnswerPicture]:
        page = self.complaint.page.get_latest_revision_as_object()
        return list(page.pictures.all())

    @property
    def arranges(self) -> bool:
        return "arrange" in self.request.POST

    def get_page_title(self) -> str:
        return _("Pictures of the answer")

    def get_form(self, form_class: Any = None) -> BaseForm:
        return self._arrange_form() if self.arranges else super().get_form(form_class)

    def _arrange_form(self) -> ArrangeForm:
        data = self.request.POST if self.arranges else None
        return ArrangeForm(data, pictures=self.pictures, complaint=self.complaint, user=self.user)

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        sent = context["form"]
        context["arrange"] = sent if isinstance(sent, ArrangeForm) else self._arrange_form()
        # A new one after the others were sent, and not what came with them.
        unsent = AddPictureForm(complaint=self.complaint, user=self.user)
        context["add"] = None if len(self.pictures) >= attachments.MAX_FILES else unsent
        if isinstance(sent, AddPictureForm):
            context["add"] = sent
        context["most"] = attachments.MAX_FILES
        if permissions.may_publish_photo(self.user, self.complaint):
            context["photos"] = publishable_photos(self.complaint)
        return context

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if isinstance(form, ArrangeForm):
            actions.arrange_pictures(self.complaint.pk, self.user, form.rows())
            messages.success(self.request, _("Saved. The draft shows its pictures like this."))
            return redirect(self.request.path)
        given = form.cleaned_data
        try:
            actions.add_picture(
                self.complaint.pk, self.user, given["photo"], given["alt"], given["caption"]
            )
        except ValidationError as error:
            form.add_error("photo", error)
            return self.form_invalid(form)
        messages.success(self.request, _("The picture is in the draft now."))
        return redirect(self.request.path)


class PhotoView(PicturesFormView):
    """`…/pictures/photo/<attachment>/`: a citizen's photo, faces and number plates hidden."""

    form_class = PhotoForm
    template_name = "pengaduan_app/desk/photo.html"

    def check_allowed(self) -> None:
        super().check_allowed()
        if not permissions.may_publish_photo(self.user, self.complaint):
            raise actions.NotYours(
                _("Only public relations choose a citizen's photo, while they check the answer.")
            )

    @cached_property
    def photo(self) -> Attachment:
        """Raises Http404 for what is no photo of this complaint, or of one that stays private."""
        for photo in publishable_photos(self.complaint):
            if photo.pk == self.kwargs["attachment_pk"]:
                return photo
        raise Http404

    def get_page_title(self) -> str:
        return _("Publish this photo")

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(photo=self.photo, **kwargs)
        context["back_url"] = admin_url("pictures", self.complaint)
        return context

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            actions.publish_photo(self.complaint.pk, self.user, self.photo.pk, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The photo is in the draft now. Look at it once more: the original stays private."),
        )
        return redirect(admin_url("pictures", self.complaint))


class PictureView(ComplaintMixin, View):
    """One file of a picture, published or not, for users who may see the complaint."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        files = PictureFile.objects.filter(picture__complaint=self.complaint)
        named = (self.kwargs[name] for name in ("key", "width", "suffix"))
        found = get_object_or_404(files.at(*named))
        return picture_response(request, found, is_public=False)


class PreviewView(ComplaintMixin, View):
    """The smallest file of a picture, whatever its width."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        pictures = self.complaint.pictures.filter(pk=self.kwargs["key"])
        found = PictureFile.objects.filter(picture__in=pictures).first()
        if found is None:
            raise Http404
        return picture_response(request, found, is_public=False)


URL_PATTERNS: list[URLPattern] = [
    path("<int:pk>/pictures/", PicturesView.as_view(), name="pictures"),
    path("<int:pk>/pictures/photo/<int:attachment_pk>/", PhotoView.as_view(), name="photo"),
    path("<int:pk>/pictures/<int:key>/", PreviewView.as_view(), name="picture_preview"),
    path(
        "<int:pk>/pictures/<int:key>-<int:width>.<slug:suffix>",
        PictureView.as_view(),
        name="picture",
    ),
]
