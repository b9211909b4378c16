"""Nonsense in every field of every form, of the public and of the staff: never a 5xx."""

from __future__ import annotations

import re
import traceback
from copy import copy
from itertools import product
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.models import HomePage
from pengaduan_app.models import CannedAnswer
from pengaduan_app.procedure.sop import State
from tests.support.admin_addresses import DESK_ACTIONS, Target, addresses
from tests.support.cheaper import bare_admin
from tests.support.crowd import person, standing_city, superuser, undone
from tests.support.factories import CategoryFactory, VillageFactory, submit
from tests.support.forms import NONSENSE, Form, bent, forms_of
from tests.support.process import Office, page_of

# Forms with many fields are bent once per field, the procedure's own more often.
USUALLY, OURS = 1, 3
# Whose turn brings which forms of the desk.
AT_THE_DESK = (
    (State.RECEIVED, "operator"),
    (State.VERIFIED, "operator"),
    (State.ROUTING, "admin"),
    (State.STUDY, "official"),
    (State.STUDY, "coordinator"),
    (State.PUBLISHED, "coordinator"),
)
# Lists and answers to scripts.
WITHOUT_FORMS = re.compile(
    r"/(results|usage|history|history-results|chosen|api|registers|reports|bulk)/"
)
COUNTS = ("-1", "abc", "1000000000")
BODIES = {
    "no JSON": (b"{", "application/json"),
    "JSON of another kind": (b"[1]", "application/json"),
    "a number": (b"1e999", "application/json"),
    "a lone surrogate": (b'{"text": "\\ud800", "a": {"b": 1}}', "application/json"),
    "a deep list": (b"[" * 5000, "application/json"),
    "no text": (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
    "a NUL": (b"a=%00&b=%ff&%00=1", "application/x-www-form-urlencoded"),
    "no boundary": (b"x", "multipart/form-data"),
    "a wrong boundary": (b"--a\r\n\r\nx", "multipart/form-data; boundary=b"),
    "a part without a name": (b"--b\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b"),
    "a strange charset": (b"a=1", "application/x-www-form-urlencoded; charset=klingon"),
    "XML": (b"<a/>", "text/xml"),
}
HEADERS = {
    "Host": ("", "x y", "[::1", "a" * 300),
    "X-Forwarded-For": ("", "x", "1.2.3.4, , x", "9" * 400, "::1%eth0"),
    "Accept-Language": ("*", "x;q=a", "id;q=9" * 200, "\u00ff"),
    "Range": ("bytes=-1", "bytes=9-1", "x", "bytes=0-" + "9" * 40),
    "If-Modified-Since": ("x", "Mon, 99 Foo 2026 25:61:61 GMT", "9" * 40),
    "If-None-Match": ("x", '"', "*"),
    "Referer": ("x", "http://[", "//"),
    "Content-Length": ("", "-1", "x", "9" * 30),
    "Accept": ("x", "*/*;q=x", "application/json; indent=x"),
    "X-Requested-With": ("x",),
    "Cookie": ("sessionid=%00; csrftoken=x", "messages=x; wagtail=\u00ff", "a" * 3000),
}
PUBLIC = ("/", "/lapor/", "/lacak/", "/pengaduan/", "/cari/?q=x", "/api/v2/complaints/", "/feed/")


class Scene:
    """A complaint wherever somebody has a form for it, and a library with one of each."""

    def __init__(self):
        self.office, self.other = Office(), Office()
        CategoryFactory(), VillageFactory()
        CannedAnswer.objects.create(title="Templat", body="<p>Isi.</p>")
        get_image_model().objects.create(title="Gambar", file=get_test_image_file())
        get_document_model().objects.create(title="Berkas", file=ContentFile(b"x", name="b.txt"))
        wanted = (*(state for state, _who in AT_THE_DESK), State.ENTRY)
        self.complaints = {state: self.office.complaint(to=state) for state in set(wanted)}
        self.receipt = submit(self.office.agency)
        self.superuser = person("superuser", superuser())


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    media = str(tmp_path_factory.mktemp("media"))
    with override_settings(MEDIA_ROOT=media), bare_admin(), standing_city(django_db_blocker):
        scene = Scene()
        scene.media = media
        yield scene


@pytest.fixture(autouse=True)
def _library(scene, settings):
    """The scene's files, where it laid them."""
    settings.MEDIA_ROOT = scene.media


@pytest.fixture
def citizen(client):
    client.raise_request_exception = False
    return client


def trouble(send, *args, **kwargs) -> str:
    """Sends a request and undoes it; empty, or how it ended in a server error, and where."""
    browser = send.__self__
    # What a form changed is undone, so the session that it began isn't there either.
    cookies = copy(browser.cookies)
    with undone():
        response = send(*args, **kwargs)
    browser.cookies = cookies
    if response.status_code < 500:
        return ""
    if not getattr(response, "exc_info", None):
        return str(response.status_code)
    error, last = response.exc_info[1], traceback.extract_tb(response.exc_info[2])[-1]
    return f"{error!r:.80} in {Path(last.filename).name}:{last.lineno} {last.name}"


def failures(browser, form: Form, times: int, most: int = 25) -> list[str]:
    """The bent forms that ended in a server error; `most` of a form's fields are bent."""
    found = []
    cases = bent(form, times, most)
    cases += [
        (f"{name}={count}", {**form.values, name: count})
        for name in form.values
        if name.endswith("-TOTAL_FORMS")
        for count in COUNTS
    ]
    for what, data in cases:
        problem = trouble(browser.post, form.address, data)
        found += [f"{form.address}: {what}: {problem}"] if problem else []
    return found + crossed(browser, form)


def crossed(browser, form: Form) -> list[str]:
    """A file where a text is expected, and a text where a file is."""
    texts = list(form.values)[:3]
    data = {**form.values, **dict.fromkeys(form.files, "x")}
    files = {name: SimpleUploadedFile("a\u202eb.png", b"\x89PNG\x00") for name in texts}
    problem = trouble(browser.post, form.address, {**data, **files})
    return [f"{form.address}: files crossed: {problem}"] if problem else []


def forms_at(browser, address: str) -> list[Form]:
    with undone():
        answer = browser.get(address)
    return forms_of(answer, address) if answer.status_code == 200 and not answer.streaming else []


# The public's forms.


@pytest.mark.parametrize(
    "address", ["/lapor/", "/lacak/", "/admin/login/", "/admin/password_reset/"]
)
def test_no_field_of_a_public_form_breaks_it(db, scene, citizen, address):
    [form] = forms_at(citizen, address)[:1]
    found = failures(citizen, form, len(NONSENSE))
    assert not found, "\n".join(found)


def test_no_field_of_a_tracked_complaint_breaks_it(db, scene, citizen):
    pair = {"ticket": scene.receipt.complaint.ticket, "code": scene.receipt.code}
    citizen.post("/lacak/", pair)
    found, seen = [], set()
    addresses_seen = ["/lacak/aduan/", *(f"/lacak/{word}/" for word in ("tambah", "tarik"))]
    links = re.findall(r'"(/lacak/[\w-]+/)"', citizen.get("/lacak/aduan/").content.decode())
    for address in [*addresses_seen, *links]:
        for form in forms_at(citizen, address):
            if form.address not in seen:
                seen.add(form.address)
                found += failures(citizen, form, 12)
    assert len(seen) >= 2
    assert not found, "\n".join(found)


@pytest.mark.parametrize("what", BODIES)
def test_no_body_breaks_an_address(db, scene, citizen, what):
    body, kind = BODIES[what]
    staff, found = scene.superuser.browser, []
    page = page_of(scene.complaints[State.ENTRY]).pk
    ours = ("/lapor/", "/lapor/saran/", "/lacak/", "/lacak/keluar/", "/lacak/tambah/", "/cari/")
    theirs = (
        *("login/", "account/", "dismissibles/", "block-preview/", f"pages/{page}/edit/"),
        *(f"pages/{page}/edit/preview/", f"api/main/pages/{page}/action/copy/", "images/add/"),
        *("images/multiple/add/", "documents/multiple/add/", "tag-autocomplete/?term=x"),
        *("bulk/wagtailcore/page/delete/?id=x", "snippets/pengaduan_app/hoursperiod/add/"),
        *(f"editing-sessions/ping/pengaduan_app/complaintpage/{page}/1/", "users/new/"),
        *("redirects/import/", "redirects/import/process/", "workflows/task_chooser/create/"),
        *("embeds/chooser/upload/", "settings/home/servicesettings/", "choose-external-link/"),
    )
    for browser, addresses_ in ((citizen, ours), (staff, [f"/admin/{way}" for way in theirs])):
        for address in addresses_:
            for verb in ("POST", "PUT", "PATCH", "DELETE"):
                problem = trouble(browser.generic, verb, address, body, content_type=kind)
                found += [f"{verb} {address}: {problem}"] if problem else []
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", HEADERS)
def test_no_header_breaks_an_address(db, scene, citizen, name):
    found = []
    key = name.upper().replace("-", "_")
    key = key if key == "CONTENT_LENGTH" else f"HTTP_{key}"
    for value in HEADERS[name]:
        for address in (*PUBLIC, "/admin/login/", "/admin/"):
            for verb in ("GET", "POST"):
                problem = trouble(citizen.generic, verb, address, b"a=1", **{key: value})
                found += [f"{verb} {address} {value!r:.30}: {problem}"] if problem else []
    assert not found, "\n".join(found)


# The staff's.


def test_no_field_of_the_desk_breaks_it(db, scene):
    found, seen = [], set()
    for state, who in AT_THE_DESK:
        browser = person(who, getattr(scene.office, who)).browser
        for action in (*DESK_ACTIONS, "reveal"):
            address = f"/admin/complaints/{scene.complaints[state].pk}/{action}/"
            for form in forms_at(browser, address):
                found += failures(browser, form, USUALLY if action in seen else OURS)
                seen.add(action)
    assert len(seen) > 8, seen
    assert not found, "\n".join(found)


def test_no_field_of_the_page_editor_breaks_it(db, scene):
    browser, found = person("operator", scene.office.operator).browser, []
    address = f"/admin/pages/{page_of(scene.complaints[State.ENTRY]).pk}/edit/"
    [form] = [form for form in forms_at(browser, address) if "title" in form.values]
    found += failures(browser, form, 2)
    found += failures(browser, Form(f"{address}preview/", form.values), USUALLY)
    for name, extra in product(("approve", "x", "\x00"), ("[]", "{", '{"comment": 1}', "null")):
        button = {"action-workflow-action": "1", "workflow-action-name": name}
        data = {**form.values, **button, "workflow-action-extra-data": extra}
        problem = trouble(browser.post, address, data)
        found += [f"{name!r} {extra}: {problem}"] if problem else []
    assert not found, "\n".join(found)


STREAM = (
    *("body-count", "body-0-type", "body-0-order", "body-0-deleted", "body-0-id", "body-0-value"),
    *("body-0-value-0-id", "body-0-value-count"),
)


def test_no_field_of_the_front_page_breaks_it(db, scene):
    """Its blocks are sent as a count and numbered fields."""
    browser, address = scene.superuser.browser, f"/admin/pages/{HomePage.objects.get().pk}/edit/"
    [form] = [form for form in forms_at(browser, address) if "title" in form.values]
    values = {**form.values, **dict.fromkeys(STREAM, "0"), "body-count": "1", "body-0-deleted": ""}
    found = failures(browser, Form(address, values), 2)
    assert not found, "\n".join(found)


def test_no_field_of_any_other_form_of_the_admin_breaks_it(db, scene):
    """As a superuser, at every address that the resolver knows and that shows a form."""
    browser, found, seen = scene.superuser.browser, [], set()
    target = Target(scene.complaints[State.ENTRY], scene.office.operator)
    for address in addresses(target):
        if WITHOUT_FORMS.search(address):
            continue
        for form in forms_at(browser, address):
            kind = re.sub(r"\d+", "N", form.address.split("?")[0])
            if kind not in seen and "logout" not in kind:
                seen.add(kind)
                found += failures(browser, form, USUALLY, most=3)
    assert len(seen) > 50
    assert not found, "\n".join(found)


def test_no_keys_break_the_admins_addresses(db, scene):
    """Numbers that no database holds, in place of each id in an address."""
    browser, found = scene.superuser.browser, []
    target = Target(scene.complaints[State.ENTRY], scene.office.operator)
    shapes = {re.sub(r"/\d+(?=/)", "/{key}", address) for address in addresses(target)}
    for shape in sorted(shape for shape in shapes if "{key}" in shape):
        address = shape.format(key="9" * 25)
        for verb in (browser.get, browser.post):
            problem = trouble(verb, address)
            found += [f"{verb.__name__} {address}: {problem}"] if problem else []
    assert not found, "\n".join(found)
