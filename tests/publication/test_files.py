"""Published files: what visitors get without Django is what Django would give them."""

from __future__ import annotations

import gzip

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from pengaduan_app import actions
from pengaduan_app.models import FileChange, FileHost, PublishedAnswer
from pengaduan_app.operations import health
from pengaduan_app.procedure.sop import State
from pengaduan_app.publication import files, neighbours
from pengaduan_app.publication.files import addresses, journal
from pengaduan_app.publication.files.store import NotGone, Store
from tests.support.factories import submit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root(tmp_path, settings):
    settings.PENGADUAN_FILES_ROOT = str(tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def follower(office, root):
    found = files.own_follower()
    found.begin()
    return found


def settle(follower) -> None:
    """Until it has nothing left to do."""
    while follower.step():
        pass


def publish(office, **words) -> PublishedAnswer:
    complaint = office.advance(submit(office.agency, **words).complaint, State.PUBLISHED)
    return PublishedAnswer.objects.with_names().get(complaint=complaint)


def visit(address: str) -> bytes:
    host = Site.objects.get(is_default_site=True).hostname
    return Client(HTTP_HOST=host).get(address).content


def on_disk(follower) -> set[str]:
    folder = follower.store.current / follower.store.host
    return {
        f"/{path.relative_to(folder)}".removesuffix("index.html") for path in folder.rglob("*.html")
    }


def test_every_file_says_what_django_says(office, follower):
    answer = publish(office)
    settle(follower)
    written = on_disk(follower)
    assert {answer.address, "/", "/pengaduan/", "/feed/", "/feed/atom/"} <= written
    for address in written - {"/feed/", "/feed/atom/"}:
        body = follower.store.read(address)
        assert body == visit(address), address
        path = follower.store.path_of(address)
        assert gzip.decompress(path.with_name("index.html.gz").read_bytes()) == body


def test_a_new_answer_takes_away_what_it_changes_before_anybody_follows(office, follower):
    first = publish(office)
    settle(follower)
    second = publish(office)
    gone = {"/", "/pengaduan/", f"/pengaduan/{office.agency.slug}/", "/feed/", first.address}
    assert not on_disk(follower) & gone
    settle(follower)
    assert second.title.encode() in follower.store.read(first.address)


def test_an_answer_far_from_the_new_one_keeps_its_file(office, follower):
    old = [publish(office) for _number in range(neighbours.MOST + 1)]
    settle(follower)
    publish(office)
    assert follower.store.has(old[0].address)
    assert not any(follower.store.has(row.address) for row in old[1:])


@pytest.mark.parametrize("way", ["withdraw", "delete", "restrict"])
def test_what_leaves_the_website_is_gone_when_the_change_is_committed(office, follower, way):
    answer, other = publish(office, subject="Kabel menjuntai"), publish(office)
    settle(follower)
    page = answer.page
    if way == "withdraw":
        actions.withdraw(answer.complaint_id, office.coordinator)
    elif way == "delete":
        page.delete()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    for address in on_disk(follower):
        assert answer.title.encode() not in follower.store.read(address), address
    assert not follower.store.has(answer.address)
    settle(follower)
    assert not follower.store.has(answer.address)
    assert answer.title.encode() not in follower.store.read(other.address)


def test_a_change_that_is_rolled_back_takes_nothing_away(office, follower):
    answer = publish(office)
    settle(follower)
    with pytest.raises(RuntimeError), transaction.atomic():
        answer.title = "Tidak jadi"
        answer.save()
        raise RuntimeError
    assert follower.store.has(answer.address)
    assert not FileChange.objects.filter(slug=answer.slug, at__gt=answer.published_at).exists() or (
        follower.unread() == []
    )


def test_a_process_that_dies_after_the_commit_leaves_its_change_behind(
    office, follower, monkeypatch
):
    answer = publish(office)
    settle(follower)
    monkeypatch.setattr(journal, "_take_away", lambda: None)
    answer.page.delete()
    assert follower.store.has(answer.address)
    settle(follower)
    assert not follower.store.has(answer.address)


def test_a_renamed_agency_leaves_no_old_file(office, follower):
    answer = publish(office)
    settle(follower)
    office.agency.name = "Dinas yang Berganti Nama"
    office.agency.save()
    assert not on_disk(follower)
    settle(follower)
    assert b"Dinas yang Berganti Nama" in follower.store.read(answer.address)


def test_a_new_menu_reaches_every_file(office, follower, monkeypatch):
    answer = publish(office)
    settle(follower)
    site = Site.objects.get(is_default_site=True)
    site.site_name = "Nama situs yang baru"
    site.save()
    follower.look_around()
    settle(follower)
    assert follower.store.read(answer.address) == visit(answer.address)


def test_a_second_host_follows_the_same_changes(office, follower, tmp_path):
    there = Store(tmp_path / "there", follower.store.host)
    second = type(follower)(there, follower.renderer, "there")
    second.begin()
    answer = publish(office)
    settle(second)
    assert there.has(answer.address)
    actions.withdraw(answer.complaint_id, office.coordinator)
    second.step()
    assert not there.has(answer.address)


def test_a_folder_that_was_not_followed_for_days_is_written_anew(office, follower):
    answer = publish(office)
    settle(follower)
    (follower.store.root / "followed").write_text("2026-01-01T00:00:00+00:00")
    follower.begin()
    assert not follower.store.has(answer.address)


@pytest.mark.parametrize(
    "address", ["/../etc/passwd", "//x/", "/a/../b/", "/a b/", "relative/", "/a/.hidden/", "/a?b"]
)
def test_only_a_plain_address_can_be_a_file(tmp_path, address):
    with pytest.raises(ValueError):
        Store(tmp_path, "kota.example").path_of(address)


def test_a_file_that_stays_is_an_error(tmp_path, monkeypatch):
    store = Store(tmp_path, "kota.example")
    store.start_over()
    store.write("/a/", b"x")
    monkeypatch.setattr("pathlib.Path.unlink", lambda self, missing_ok=False: None)
    with pytest.raises(NotGone):
        store.remove(["/a/"])


@pytest.mark.parametrize("address", ["/lapor/", "/lacak/", "/admin/login/"])
def test_a_page_with_a_token_or_a_session_is_never_a_file(office, follower, address):
    assert follower.renderer.render(address) is None


def test_health_knows_whether_this_hosts_files_follow(office, follower, settings):
    assert not health.examine().files
    follower.look_around()
    assert health.examine().files
    FileHost.objects.update(problem="OSError")
    assert not health.examine().files
    settings.PENGADUAN_FILES_ROOT = ""
    assert health.examine().files


def test_without_a_folder_nothing_is_written_down(office, settings):
    settings.PENGADUAN_FILES_ROOT = ""
    publish(office)
    assert not FileChange.objects.exists()
    with pytest.raises(Exception, match="PENGADUAN_FILES_ROOT"):
        call_command("pengaduan_files", once=True)


def test_nothing_personal_stands_in_a_file(office, follower):
    publish(office, body="Rumah saya di Jalan Rahasia 7, telepon 081234567890.")
    settle(follower)
    for address in on_disk(follower):
        assert b"081234567890" not in follower.store.read(address)


def test_neighbours_are_of_the_same_agency_and_category(office, other_office):
    here, there = publish(office), publish(other_office)
    assert here.pk not in [row.pk for row in neighbours.around(_place(there))]
    assert addresses.of_answer(journal._change(there))[0] == there.address


def _place(row):
    return neighbours.Place(row.pk, row.agency_id, row.category_id, row.answered_at)
