"""The screens of the staff's accounts: add, change, move, deactivate, activate, invite again.

Each shows a form and calls one function of `accounts`, which has the rules; a refusal becomes a
sentence above the form.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.models import ModelLogEntry

from .. import actions, permissions
from ..presentation import person_name, read_key
from . import accounts, facts, gaps, leave, rules, telephones, words
from .forms import AddForm, HandOnForm, MoveForm, NameForm, seats_as_initial
from .rules import Deed
from .screens import FormScreen, PersonMixin

# What leads on to a form, and what is done at once; with the look of each.
LINKS = {Deed.MOVE: "button-secondary", Deed.DEACTIVATE: "button-secondary"}
BUTTONS = {Deed.ACTIVATE: "button-secondary", Deed.INVITE: "button-secondary"}
# Of what was done with an account, the screen shows the newest.
MOST_ENTRIES = 20


class AddView(FormScreen):
    """A new member of staff; `?agency=` and `?role=` choose in advance."""

    form_class = AddForm
    lead = gettext_lazy(
        "The person gets an e-mail with a link to choose a password; nobody else knows it."
    )

    def get_page_title(self) -> str:
        return _("Add a member of staff")

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        return {"agency": read_key(asked.get("agency", "")), "role": asked.get("role", "")}

    def carry_out(self, form: AddForm) -> HttpResponse:
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        person = accounts.add(self.user, name, email, form.seats)
        telephones.keep(person, form.cleaned_data["telephone"])
        text = _("%(name)s was added, and is invited by e-mail to %(email)s.")
        messages.success(self.request, text % {"name": person_name(person), "email": person.email})
        return redirect("pengaduan_people:index")


class EditView(PersonMixin, FormScreen):
    """One account: name and address, what is known of it, and what can be done."""

    form_class = NameForm
    template_name = "pengaduan_app/people/person.html"

    def get_page_title(self) -> str:
        return person_name(self.person)

    def get_initial(self) -> dict[str, Any]:
        return {
            "name": self.person.get_full_name(),
            "email": self.person.email,
            "telephone": telephones.telephone_of(self.person),
        }

    def get_form(self, form_class: type[NameForm] | None = None) -> NameForm:
        form = super().get_form(form_class)
        if not rules.is_allowed(self.user, self.person, Deed.READDRESS):
            # What is sent in its place is not read.
            form.fields["email"].disabled = True
            form.fields["email"].required = False
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.person
        log = ModelLogEntry.objects.for_instance(person).select_related("user")
        return super().get_context_data(
            person=person,
            state=facts.STATES[facts.state_of(person)],
            facts=facts.facts_of(person),
            links=[*self.ways(LINKS), *self.to_leave()],
            buttons=self.ways(BUTTONS),
            entries=log.filter(action__in=words.LOG)[:MOST_ENTRIES],
            **kwargs,
        )

    def to_leave(self) -> list[dict[str, object]]:
        """Where a leave of this person is written down."""
        if not leave.may_decide(self.user, self.person):
            return []
        url = reverse("pengaduan_leave:add", args=[self.person.pk])
        return [{"url": url, "label": _("Leave and deputies"), "style": "button-secondary"}]

    def ways(self, table: dict[Deed, str]) -> list[dict[str, object]]:
        """What the user may do with the account, out of this table."""
        return [
            {
                "url": reverse(f"pengaduan_people:{deed.value}", args=[self.person.pk]),
                "label": words.LOG[words.LOGGED[deed]][0],
                "style": style,
            }
            for deed, style in table.items()
            if rules.is_allowed(self.user, self.person, deed)
        ]

    def carry_out(self, form: NameForm) -> HttpResponse:
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        accounts.rename(self.user, self.person.pk, name, email, form.cleaned_data["telephone"])
        messages.success(self.request, _("Saved."))
        return redirect(self.person_url)


class AboutPerson(PersonMixin, FormScreen):
    """A form that leads on from an account's own screen."""

    deed: Deed

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "person": self.person}

    def last_breadcrumbs(self) -> list[dict[str, object]]:
        return [
            {"url": self.person_url, "label": person_name(self.person)},
            *super().last_breadcrumbs(),
        ]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            rules.check(self.user, self.person, self.deed)
        except actions.ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.person_url)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seats = permissions.seats_of(self.person)
        return super().get_context_data(
            person=self.person,
            facts=facts.facts_of(self.person),
            warnings=[facts.sentence(gap) for gap in gaps.gaps_without(self.person, seats)],
            back_url=self.person_url,
            **kwargs,
        )

    def say_done(self, text: str, handed_on: int) -> None:
        """What was done, how much was handed on, and what waits for nobody now."""
        told = [text % {"name": person_name(self.person)}]
        if handed_on:
            count = ngettext(
                "%(count)d open complaint was handed on.",
                "%(count)d open complaints were handed on.",
                handed_on,
            )
            told.append(count % {"count": handed_on})
        messages.success(self.request, " ".join(told))


class MoveView(AboutPerson):
    """Another role or agency."""

    form_class = MoveForm
    deed = Deed.MOVE
    lead = gettext_lazy(
        "From now on the person sees and does what the new seat allows. Drafts stay with their "
        "complaints."
    )

    def get_page_title(self) -> str:
        return _("Move or change role")

    def get_initial(self) -> dict[str, Any]:
        return seats_as_initial(permissions.seats_of(self.person))

    def carry_out(self, form: MoveForm) -> HttpResponse:
        before = permissions.seats_of(self.person)
        handed_on = accounts.move(self.user, self.person.pk, form.seats, form.takers)
        self.say_done(_("The seat of %(name)s was changed."), handed_on)
        facts.warn_of_gaps(self.request, self.person, before, form.seats)
        return redirect(self.person_url)


class DeactivateView(AboutPerson):
    """The end of an account's work."""

    form_class = HandOnForm
    deed = Deed.DEACTIVATE
    lead = gettext_lazy(
        "From now on the person can't log in, and open sessions end. What they did stays in the "
        "records under their name. They can be activated again."
    )

    def get_page_title(self) -> str:
        return _("Deactivate")

    def carry_out(self, form: HandOnForm) -> HttpResponse:
        handed_on = accounts.deactivate(self.user, self.person.pk, form.takers)
        self.say_done(_("%(name)s can no longer log in."), handed_on)
        before = permissions.seats_of(self.person)
        facts.warn_of_gaps(self.request, self.person, before, rules.NO_SEATS)
        return redirect(self.person_url)


class ButtonView(PersonMixin):
    """A button without questions, which only a POST presses."""

    http_method_names = ("post",)

    def press(self) -> str:
        """Do it, and say what was done."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            messages.success(request, self.press())
        except actions.ActionRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(self.person_url)


class ActivateView(ButtonView):
    """Lets somebody log in again."""

    def press(self) -> str:
        person = accounts.activate(self.user, self.person.pk)
        return _("%(name)s can log in again.") % {"name": person_name(person)}


class InviteView(ButtonView):
    """Sends the invitation again."""

    def press(self) -> str:
        person = accounts.invite_again(self.user, self.person.pk)
        text = _("The invitation is sent again to %(email)s. Earlier links no longer work.")
        return text % {"email": person.email}
