"""Every address of the admin, filled in with the ids of one complaint.

Walks the site's own resolver, so a new address is there by itself; one whose parameters
nobody has thought of raises LookupError.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from django.urls import URLResolver, get_resolver
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Site, UploadedFile

from pengaduan_app.models import (
    AgencyPage,
    CannedAnswer,
    Category,
    ChecklistItem,
    ComplaintPage,
    DayOff,
    HoursPeriod,
    OfficeHours,
    Reminder,
    StepLimit,
    VaultOpening,
    Village,
)
from pengaduan_app.procedure import sop
from tests.support.pictures import file_ids

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# They end the session, break on purpose, or are for people without an account.
LEFT_OUT = {
    "logout/",
    "failwhale/",
    "login/",
    "password_reset/confirm/<uidb64>/<token>/",
    "^.*/$",
}
# As Wagtail 7.4 and 8.0 write it.
COMPARE = (
    r"pages/^(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$",
    r"pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)"
    r"\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
)
PAGE_ACTIONS = (
    *("publish", "unpublish", "copy", "delete", "move", "convert_alias", "create_alias"),
    *("copy_for_translation", "revert_to_page_revision"),
)
OURS_IN_BULK = ("verify_and_forward", "verify", "forward", "duplicate", "transfer", "remind")
BULK_ACTIONS = ("publish", "unpublish", "delete", "move", *OURS_IN_BULK)
WORKFLOW_ACTIONS = (*sop.WORKFLOW_ACTIONS, "reject")
DESK_ACTIONS = (*sop.DESK_ACTIONS, "verify_and_forward", "withdraw")
# Which of the target's ids `instance_pk` means, by the register.
REGISTERS = {
    "registers/steps/": "step_record",
    "registers/reminders/": "reminder",
    "registers/outbox/": "message",
    "registers/vault/": "opening",
}
# The first row of each that stands beside complaints, if there is one.
BESIDE = {
    "collection_id": Collection,
    "redirect_id": Redirect,
    "document_id": get_document_model(),
    "doc_id": get_document_model(),
    "image_id": get_image_model(),
    "uploaded_file_id": UploadedFile,
    "session_id": EditingSession,
    "site": Site,
    "category": Category,
    "village": Village,
    "cannedanswer": CannedAnswer,
    "checklistitem": ChecklistItem,
    "officehours": OfficeHours,
    "hoursperiod": HoursPeriod,
    "dayoff": DayOff,
    "steplimit": StepLimit,
}
# Which of the target's ids `pk` means, by the beginning of the address.
PK = {
    "complaints/": "complaint",
    "api/main/^pages/": "page",
    **{
        f"snippets/{choosing}pengaduan_app/{model}/": model
        for choosing in ("", "choose/")
        for model in ("agency", "category", "village", "cannedanswer", "checklistitem")
    },
    **{
        f"snippets/pengaduan_app/{model}/": model
        for model in ("officehours", "hoursperiod", "dayoff", "steplimit")
    },
    "snippets/": "any",
    "users/": "user",
    **dict.fromkeys(("people/", "leave/"), "user"),
    "groups/": "group",
    "workflows/tasks/": "task",
    "workflows/": "workflow",
    "sites/": "site",
    "documents/": "document_id",
    "images/": "image_id",
    "collections/": "collection_id",
    "settings/": "site",
    "unsent/": "any",
    "second-factor/": "any",
    "api/main/^images/": "image_id",
    "api/main/^documents/": "document_id",
}

# Lists that Wagtail gives as files too, with other columns than on the screen.
EXPORTING = ("/admin/reports/", "/admin/registers/", "/admin/users/", "/admin/redirects/")


@dataclass
class Target:
    """A complaint, and the ids of everything that hangs on it."""

    complaint: object
    owner: object
    attachment: int = 1

    @property
    def page(self) -> ComplaintPage | None:
        return ComplaintPage.objects.filter(complaint=self.complaint).first()

    @cached_property
    def ids(self) -> dict[str, list]:
        """Values for each parameter that an address can have; the same all the time, as
        every visit is undone."""
        page = self.page
        workflow = page and page.workflow_states.last()
        task_state = workflow and workflow.current_task_state
        section = AgencyPage.objects.get(agency=self.complaint.agency_id)
        page_id = [page.pk if page else section.pk]
        return {
            "complaint": [self.complaint.pk],
            **self._register_ids(),
            "page": page_id,
            "agency": [self.complaint.agency_id],
            "group": [self.complaint.agency.group_id],
            "user": [self.owner.pk],
            "workflow": [workflow.workflow_id if workflow else 1],
            "task": [task_state.task_id if task_state else 1],
            "any": [1],
            "root": [section.get_parent().pk],
            **dict.fromkeys(("page_id", "page_pk", "page_to_move_id"), page_id),
            "role": ["operator"],
            "parent_page_id": [section.pk],
            "destination_id": [section.get_siblings(inclusive=False).first().pk],
            "revision_id": [page.latest_revision_id if page else 1],
            "task_state_id": [task_state.pk if task_state else 1],
            "task_id": [task_state.task_id if task_state else 1],
            "workflow_state_id": [workflow.pk if workflow else 1],
            "workflow_pk": [workflow.workflow_id if workflow else 1],
            **file_ids(self.complaint, self.attachment),
            "object_id": page_id,
            "content_type_app_name": ["pengaduan_app"],
            "content_type_model_name": ["complaintpage"],
            **{key: ["pengaduan_app"] for key in ("app_label", "app_name")},
            "model_name": ["complaint", "complaintpage"],
            "filter_spec": ["original"],
            **{name: [first_of(model)] for name, model in BESIDE.items()},
        }

    def _register_ids(self) -> dict[str, list]:
        """A row of each register that is about the complaint."""
        reminder = Reminder.objects.filter(step__complaint=self.complaint).first()
        message = self.complaint.messages.first()
        opening = VaultOpening.objects.of(self.complaint).first()
        return {
            "opening": [opening.pk if opening else 1],
            "step_record": [self.complaint.steps.first().pk],
            "reminder": [reminder.pk if reminder else 1],
            "message": [message.pk if message else 1],
        }


def first_of(model) -> int:
    """The key of its first row; of none, one that isn't there."""
    return model._base_manager.order_by("pk").values_list("pk", flat=True).first() or 999_999


def routes(patterns=None, prefix="") -> list[str]:
    """The admin's routes, as Django writes them."""
    if patterns is None:
        tops = [top for top in get_resolver().url_patterns if str(top.pattern) == "admin/"]
        # The site's own and Wagtail's.
        patterns = [pattern for top in tops for pattern in top.url_patterns]
    found = []
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += routes(pattern.url_patterns, route)
        elif route not in LEFT_OUT:
            found.append(route)
    return found


def addresses(target: Target, only: tuple[str, ...] = ("",)) -> list[str]:
    """Each route whose beginning is in `only`, with the target's ids filled in."""
    ids = target.ids
    return [
        filled for route in routes() if route.startswith(only) for filled in _filled(route, ids)
    ]


def _filled(route: str, ids: dict) -> list[str]:
    if route in COMPARE:
        page = ids["page"][0]
        return [f"/admin/pages/{page}/revisions/compare/{pair}/" for pair in _pairs(ids)]
    if "(" in route:
        raise LookupError(f"Say in admin_addresses.py how to fill in {route}.")
    names = PARAMETER.findall(route)
    choices = [_values(route, name, ids) for name in names]
    return ["/admin/" + _put(route, values) for values in product(*choices)]


def _pairs(ids):
    return ("earliest...latest", "live...latest", f"{ids['revision_id'][0]}...latest")


def _values(route: str, name: str, ids: dict) -> list:
    if name == "pk":
        return ids[next(meaning for start, meaning in PK.items() if route.startswith(start))]
    if name == "instance_pk":
        return ids[next(of for start, of in REGISTERS.items() if route.startswith(start))]
    if route.startswith("bulk/"):
        bulk = {
            "app_label": ["wagtailcore", "pengaduan_app"],
            "model_name": ["page", "complaint"],
            "action": BULK_ACTIONS,
        }
        return bulk[name]
    if route.startswith("editing-sessions/ping/"):
        return {**ids, "app_label": ["pengaduan_app"]}[name]
    if name == "action":
        return DESK_ACTIONS
    if name == "action_name":
        return PAGE_ACTIONS if route.startswith("api/") else WORKFLOW_ACTIONS
    return ids[name]


def _put(route: str, values) -> str:
    rest = iter(values)
    return PARAMETER.sub(lambda _match: str(next(rest)), route).replace("^", "").rstrip("$")


def questions(target: Target, address: str, word: str) -> list[str]:
    """The query strings that are tried at an address; `word` stands in the complaint."""
    page, section = target.ids["page"][0], target.ids["parent_page_id"][0]
    if address.startswith("/admin/api/main/"):
        lists = ("fields=*", f"search={word}", f"child_of={section}&for_explorer=1", f"id={page}")
        listing = re.fullmatch(r"/admin/api/main/\w+/", address)
        return ["", *lists] if listing else ["", "fields=*"]
    whole = f"q={word}&id=all&childOf={target.ids['root'][0]}"
    bulk = ["id=all", whole, whole.replace("q=", "x=")] if "/bulk/" in address else []
    files = ["export=csv", "export=xlsx"] if address.startswith(EXPORTING) else []
    return ["", *bulk, *files, f"q={word}&id={page}&childOf={section}&search={word}"]


def everything(target: Target) -> dict:
    """Form data in which any view finds what it wants."""
    ids = target.ids
    return {
        **dict.fromkeys(("note", "comment"), "Catatan"),
        "reason": "Alasan",
        "answer": "null",
        **dict.fromkeys(("title", "question"), "Diganti"),
        "slug": "diganti",
        **dict.fromkeys(("official", "person", "deputy"), target.owner.pk),
        **dict.fromkeys(("first_day", "last_day"), timezone.localdate().isoformat()),
        "agency": ids["agency"][0],
        "agencies": ids["agency"],
        "ground": "sara",
        "message": "Mohon didahulukan.",
        "original": target.complaint.ticket,
        "new_title": "Salinan",
        "new_slug": "salinan",
        "new_parent_page": ids["parent_page_id"][0],
        "destination_page_id": ids["destination_id"][0],
        "revision_id": ids["revision_id"][0],
        **dict.fromkeys(("recursive", "keep_live"), "false"),
        "locale": "xx",
        "chooser": ids["parent_page_id"][0],
        "restriction_type": "login",
        "action-publish": "1",
        "is_editing": "1",
        "external-link-chooser-url": "https://contoh.example/",
        "id": ids["page"][0],
        **dict.fromkeys(("comments-TOTAL_FORMS", "comments-INITIAL_FORMS"), 0),
    }
