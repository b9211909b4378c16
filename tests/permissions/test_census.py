"""Every address of the admin, asked by everybody: no foreign word, no reporter, no server error.

The addresses come from the resolver, so that a new one is asked by itself. Everything that hangs
on the foreign agency's complaints holds an invented word of its own. What POST changes is tried
in test_foreign_staff.py and test_own_staff.py.
"""

from __future__ import annotations

import re
import uuid
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import override_settings
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, Page, PageViewRestriction, UploadedFile

from pengaduan_app import actions
from pengaduan_app.models import CannedAnswer
from pengaduan_app.procedure.sop import Ground, Role, State
from tests.support.admin_addresses import Target, addresses, questions
from tests.support.cheaper import bare_admin
from tests.support.crowd import colleagues, foreigners, person, standing_city, superuser, undone
from tests.support.factories import CategoryFactory, UserFactory, VillageFactory
from tests.support.inline_scripts import inline_scripts
from tests.support.pictures import give_picture
from tests.support.process import Office, page_of, write_answer

# In every text, so that a search by it finds them all; it isn't secret.
WORD = "lampukata"
# In nobody's pages: who it was. Digits are looked for as they are usually written.
REPORTER = (
    "zqnama",
    "zqmarga",
    "zqsurel",
    "zqalamat",
    "0812-7777-0001",
    "081277770001",
    "77770001",
)
# The addresses that name a complaint or its page; the rest is asked once, about the first target.
ONE_BY_ONE = ("complaints/", "pages/<", "pages/workflow", "api/main/^pages/<", "registers/")
# All that is about complaints in some way: what isn't asked by everybody are the screens of
# settings, libraries and reference data, which an operator has as well.
ABOUT = (
    *("complaints/", "pages/", "registers/", "reports/", "api/", "bulk/", "choose-page/"),
    *("workflows/", "users/", "snippets/pengaduan_app/agency/"),
)
NOBODY = "without a role"
OUTSIDER = "logged out"


def identity() -> actions.Identity:
    return actions.Identity(
        name="Zqnama Zqmarga",
        phone="0812-7777-0001",
        email="zqsurel@contoh.example",
        address="Jl. Zqalamat 7",
    )


class Scene:
    """Two agencies. The second one's complaints, each at another place, and all around them."""

    def __init__(self):
        self.mine, self.theirs = Office(), Office()
        self.said: list[str] = []
        self.targets = {
            "being entered, confidential": self._drafted(State.ENTRY, confidential=True),
            "just received": self._submitted("received"),
            "declined": self._declined(),
            "in study, with a talk": self._talked_about(),
            "misrouted": self._misrouted(),
            "answered privately": self._drafted(State.ANSWERED_PRIVATELY, confidential=True),
        }
        self._around(self.targets["being entered, confidential"].complaint)
        self.people = {who.who: who for who in self._everybody()}

    def say(self, word: str) -> str:
        """A sentence with a word that nobody outside may read."""
        self.said.append(f"zq{word}")
        return f"{WORD} zq{word} di balai"

    def _everybody(self):
        reader = UserFactory()
        reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
        yield from foreigners(self.mine)
        yield from colleagues(self.theirs)
        yield person("superuser", superuser())
        yield person(NOBODY, reader)
        yield person(OUTSIDER)

    def _submitted(self, mark: str, **fields) -> Target:
        complaint = self.theirs.complaint(
            identity=identity(),
            subject=self.say(f"subjek{mark}"),
            body=self.say(f"isi{mark}"),
            place=self.say(f"tempat{mark}"),
            category=CategoryFactory(),
            village=VillageFactory(),
            files=[actions.CleanFile(self.say(f"berkas{mark}").encode(), "image/png", "png")],
            **fields,
        )
        # Its number says nothing, but that there is one.
        self.said.append(complaint.ticket.lower())
        return Target(complaint, self.theirs.operator, complaint.attachments.get().pk)

    def _drafted(self, state: State, **fields) -> Target:
        target = self._submitted(state.value, **fields)
        complaint, office = target.complaint, self.theirs
        actions.verify(complaint.pk, office.operator)
        note = self.say(f"terusan{state.value}")
        actions.forward(complaint.pk, office.operator, office.official, note)
        write_answer(complaint, office.official)
        words = self.say(f"gambar{state.value}"), self.say(f"keterangan{state.value}")
        give_picture(complaint, office.official, *words)
        actions.approve(complaint.pk, office.official)
        reason = self.say(f"kembali{state.value}")
        actions.send_back(complaint.pk, office.head, reason)
        write_answer(complaint, office.official, f"<p>{self.say(f'jawaban{state.value}')}</p>")
        actions.approve(complaint.pk, office.official)
        complaint.refresh_from_db()
        office.advance(complaint, to=state)
        actions.reveal(complaint, office.operator, self.say(f"alasan{state.value}"))
        return target

    def _declined(self) -> Target:
        target = self._submitted("ditolak")
        actions.decline(
            target.complaint.pk, self.theirs.operator, Ground.SARA, self.say("penolakan")
        )
        target.complaint.refresh_from_db()
        return target

    def _talked_about(self) -> Target:
        target = self._submitted("telaah")
        pk = target.complaint.pk
        self.theirs.advance(target.complaint, to=State.STUDY)
        actions.ask(pk, self.theirs.official, self.say("pertanyaan"))
        actions.reply(pk, uuid.uuid4(), self.say("balasan"))
        actions.inform(pk, uuid.uuid4(), self.say("tambahan"))
        actions.remind(pk, self.theirs.coordinator, self.say("pengingat"))
        return target

    def _misrouted(self) -> Target:
        target = self._submitted("salah")
        actions.verify(target.complaint.pk, self.theirs.operator)
        actions.misrouted(target.complaint.pk, self.theirs.operator, self.say("alihan"))
        target.complaint.refresh_from_db()
        return target

    def _around(self, complaint) -> None:
        """What Wagtail keeps beside a page, and what refers to it."""
        page = page_of(complaint)
        operator = self.theirs.operator
        revision = page.latest_revision
        Comment.objects.create(
            page=page,
            user=operator,
            text=self.say("komentar"),
            contentpath="answer",
            revision_created=revision,
        )
        EditingSession.objects.create(
            user=operator, content_object=page, last_seen_at=revision.created_at
        )
        UploadedFile.objects.create(
            file=ContentFile(b"x", name="zqunggah.png"),
            uploaded_by_user=operator,
            for_content_type=ContentType.objects.get_for_model(get_image_model()),
        )
        get_image_model().objects.create(title="Gambar", file=get_test_image_file())
        get_document_model().objects.create(title="Berkas", file=ContentFile(b"x", name="b.txt"))
        Redirect.objects.create(old_path="/lama", redirect_page=Page.objects.get(pk=page.pk))
        CannedAnswer.objects.create(title="Templat", body="<p>Isi.</p>", agency=complaint.agency)
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password="rahasia"
        )


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    root = tmp_path_factory.mktemp("berkas")
    where = {"PENGADUAN_PRIVATE_ROOT": str(root / "private"), "MEDIA_ROOT": str(root / "media")}
    with override_settings(**where), bare_admin(), standing_city(django_db_blocker):
        scene = Scene()
        scene.where = where
        yield scene


@pytest.fixture
def folders(scene, settings):
    """The scene's files, where it laid them."""
    for name, value in scene.where.items():
        setattr(settings, name, value)


def asked(target: Target, address: str) -> list[str]:
    """A list with each query string that changes what it gives; anything else as it is."""
    if re.search(r"/\d+/", address) and "/bulk/" not in address:
        return [address]
    found = questions(target, address, WORD)
    return [f"{address}?{question}" if question else address for question in found]


def text_of(response) -> str:
    """All that the answer holds; a workbook's cells too, which are packed."""
    body = b"".join(response) if response.streaming else response.content
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as book:
            body = b" ".join(book.read(name) for name in book.namelist())
    return f"{body.decode(errors='replace')} {response.headers.get('Location', '')}".lower()


def census(someone, target: Target, words: list[str], only: tuple[str, ...]) -> list[str]:
    """GET every address; returns all that went wrong."""
    problems = []
    for address in addresses(target, only):
        for full in asked(target, address):
            with undone():
                response = someone.browser.get(full)
                text = text_of(response)
            found = [f"{word} shows" for word in words if word in text]
            found += ["server error"] if response.status_code >= 500 else []
            if response.headers.get("Content-Type", "").startswith("text/html"):
                found += inline_scripts(text) if "<script" in text else []
            problems += [f"{full}: {problem}" for problem in found]
    return problems


FOREIGN = [f"other agency's {role}" for role in ("operator", "official", "head")]
# Each sees the whole city or the complaint itself, and more of the admin than the one before.
KNOWING = [Role.OPERATOR.value, Role.ADMIN.value, "superuser"]


@pytest.mark.parametrize("who", [*FOREIGN, NOBODY, OUTSIDER])
def test_who_has_no_part_in_a_complaint_reads_no_word_of_it(db, scene, folders, who):
    someone, words = scene.people[who], [*scene.said, *REPORTER]
    first, *others = scene.targets.values()
    problems = census(someone, first, words, ABOUT if who in FOREIGN[1:] else ("",))
    # One rule closes the complaints to all of them; the operator, who has most, tries each.
    for target in others if who == FOREIGN[0] else ():
        problems += census(someone, target, words, ONE_BY_ONE)
    assert problems == []


@pytest.mark.parametrize("who", KNOWING)
def test_nobody_reads_who_it_was_without_opening_the_vault(db, scene, folders, who):
    first = next(iter(scene.targets.values()))
    only = ("",) if who == "superuser" else ABOUT
    assert census(scene.people[who], first, list(REPORTER), only) == []


def test_the_census_would_notice(db, scene, folders):
    """The words are there for who may read them: else the census would prove nothing."""
    first = next(iter(scene.targets.values()))
    operator, words = scene.people["operator"], scene.said[:8]
    found = str(census(operator, first, words, ("complaints/", "pages/", "registers/")))
    assert [word for word in words if f"{word} shows" not in found] == []


def test_a_file_that_is_lost_is_not_there_instead_of_a_server_error(db, scene, settings, tmp_path):
    settings.PENGADUAN_PRIVATE_ROOT = str(tmp_path)
    first = next(iter(scene.targets.values()))
    address = f"/admin/complaints/{first.complaint.pk}/attachments/{first.attachment}/"
    assert scene.people["operator"].browser.get(address).status_code == 404
