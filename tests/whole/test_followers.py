"""Two hosts with folders of their own follow the same database, as real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pengaduan_app import actions
from pengaduan_app.models import PublishedAnswer
from pengaduan_app.procedure.sop import State
from pengaduan_app.publication.files import addresses
from pengaduan_app.publication.files.store import Store
from tests.support.city import make_city
from tests.support.cluster import ROOT, database_url, wait_until
from tests.support.factories import submit
from tests.support.process import Office

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


class Host:
    """A folder, and the process that writes it."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder, addresses.origin().host)
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "pengaduan_files"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.support.cluster_settings",
                "DATABASE_URL": database_url(),
                "FILES_ROOT": str(self.store.root),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def office():
    make_city()
    return Office()


@pytest.fixture
def hosts(office, tmp_path, settings):
    """This process is the web server of the first; nobody changes anything on the second."""
    settings.PENGADUAN_FILES_ROOT = str(tmp_path / "first")
    found = [Host(tmp_path / "first"), Host(tmp_path / "second")]
    yield found
    for host in found:
        host.kill()


def publish(office) -> PublishedAnswer:
    complaint = office.advance(submit(office.agency).complaint, State.PUBLISHED)
    return PublishedAnswer.objects.with_names().get(complaint=complaint)


def test_an_answer_appears_on_both_hosts_and_leaves_both(office, hosts):
    answer = publish(office)
    wait_until("the answer", lambda: all(host.store.has(answer.address) for host in hosts))
    actions.withdraw(answer.complaint_id, office.coordinator)
    assert not hosts[0].store.has(answer.address)
    wait_until("the withdrawal", lambda: not hosts[1].store.has(answer.address))
    wait_until("the list", lambda: all(host.store.has("/pengaduan/") for host in hosts))
    assert not any(answer.title.encode() in host.store.read("/pengaduan/") for host in hosts)


def test_a_killed_follower_takes_up_what_it_missed(office, hosts):
    kept, gone = publish(office), publish(office)
    wait_until("the answer", lambda: all(host.store.has(gone.address) for host in hosts))
    hosts[1].kill()
    actions.withdraw(gone.complaint_id, office.coordinator)
    new = publish(office)
    # Nobody works on the second host, so its folder still has what it had.
    assert hosts[1].store.has(gone.address) and not hosts[1].store.has(new.address)
    hosts[1].start()
    wait_until("what was missed", lambda: hosts[1].store.has(new.address))
    assert not hosts[1].store.has(gone.address)
    assert hosts[1].store.has(kept.address)


def test_a_follower_ends_when_it_is_asked_to(hosts):
    wait_until("the front page", lambda: hosts[0].store.has("/"))
    hosts[0].process.send_signal(signal.SIGTERM)
    assert hosts[0].process.wait(timeout=20) == 0
