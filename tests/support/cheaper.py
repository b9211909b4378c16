"""What spares a test work that its question doesn't need."""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy

from django.conf import settings
from django.db import connection
from django.test import override_settings

LOADERS = "django.template.loaders"
# What a screen of the admin says of its own; the frame around it is the same on each.
OWN_BLOCKS = ("titletag", "extra_css", "content", "extra_js")
BARE = "".join(f"{{% block {name} %}}{{% endblock %}}" for name in OWN_BLOCKS)
WRITING = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def bare_admin():
    """The admin's screens without the menu and messages around them, which take half the time
    of a refusal: for tests that ask thousands of times who may do what."""
    engine = deepcopy(settings.TEMPLATES[0])
    inner = [
        (f"{LOADERS}.locmem.Loader", {"wagtailadmin/base.html": BARE}),
        f"{LOADERS}.filesystem.Loader",
        f"{LOADERS}.app_directories.Loader",
    ]
    engine["APP_DIRS"] = False
    engine["OPTIONS"]["loaders"] = [(f"{LOADERS}.cached.Loader", inner)]
    with override_settings(TEMPLATES=[engine]):
        yield


class Writes:
    """Notes whether the database was written to, so that it is compared only then."""

    def __init__(self):
        self.any = False

    def __call__(self, execute, sql, params, many, context):
        self.any |= sql.startswith(WRITING)
        return execute(sql, params, many, context)


@contextmanager
def watched():
    """`with watched() as writes:` … and `writes.any` says whether something was written."""
    writes = Writes()
    with connection.execute_wrapper(writes):
        yield writes
