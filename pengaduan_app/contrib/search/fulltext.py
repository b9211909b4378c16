"""The full-text part of the index: FTS5 on SQLite, a tsvector on PostgreSQL.

The database itself keeps it in step with `pengaduan_search_answer`, by triggers or as a
generated column, so that no way of writing a row can bypass it. Rows and expressions hold
stems of plain letters and digits: neither database's parser decides anything, and both find
the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from django.db.backends.base.base import BaseDatabaseWrapper

# A cursor's `execute`, or a schema editor's.
Execute = Callable[[str], object]
# The stems of a phrase; phrases with the same meaning, one of which a match must hold.
Phrase = tuple[str, ...]
Group = tuple[Phrase, ...]


class Apart(tuple[str, ...]):
    """The stems of a phrase that may occur anywhere in an answer, not only side by side."""


# A stem that no text holds separates the parts of an answer, so that no phrase spans two.
BETWEEN = "zzz0"
COLUMNS = "title_stems, body_stems, about_stems"


def _of(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in COLUMNS.split(", "))


_SQLITE_TABLE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS pengaduan_search_fts USING fts5({COLUMNS}, "
    "content='pengaduan_search_answer', content_rowid='id', tokenize='ascii')"
)
_ADD = f"INSERT INTO pengaduan_search_fts(rowid, {COLUMNS}) VALUES (new.id, {_of('new')}); "  # nosec B608
_TAKE = (
    f"INSERT INTO pengaduan_search_fts(pengaduan_search_fts, rowid, {COLUMNS}) "  # nosec B608
    f"VALUES ('delete', old.id, {_of('old')}); "
)
_SQLITE_TRIGGERS = (
    f"CREATE TRIGGER pengaduan_search_fts_add AFTER INSERT ON pengaduan_search_answer "
    f"BEGIN {_ADD}END",
    f"CREATE TRIGGER pengaduan_search_fts_take AFTER DELETE ON pengaduan_search_answer "
    f"BEGIN {_TAKE}END",
    f"CREATE TRIGGER pengaduan_search_fts_change AFTER UPDATE OF {COLUMNS} "
    f"ON pengaduan_search_answer BEGIN {_TAKE}{_ADD}END",
)
_SQLITE_NO_TRIGGERS = tuple(
    f"DROP TRIGGER IF EXISTS pengaduan_search_fts_{name}" for name in ("add", "take", "change")
)
_SQLITE_FILL = "INSERT INTO pengaduan_search_fts(pengaduan_search_fts) VALUES ('rebuild')"
_SQLITE = (*_SQLITE_NO_TRIGGERS, _SQLITE_TABLE, *_SQLITE_TRIGGERS, _SQLITE_FILL)
_SQLITE_DROP = (*_SQLITE_NO_TRIGGERS, "DROP TABLE IF EXISTS pengaduan_search_fts")
_VECTOR = f"title_stems || ' {BETWEEN} ' || body_stems || ' {BETWEEN} ' || about_stems"
_POSTGRESQL = (
    "ALTER TABLE pengaduan_search_answer ADD COLUMN stems tsvector "
    f"GENERATED ALWAYS AS (to_tsvector('simple', {_VECTOR})) STORED",
    "CREATE INDEX pengaduan_search_answer_stems ON pengaduan_search_answer USING gin (stems)",
)
_POSTGRESQL_DROP = ("ALTER TABLE pengaduan_search_answer DROP COLUMN IF EXISTS stems",)
_CREATE = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_DROP = {"sqlite": _SQLITE_DROP, "postgresql": _POSTGRESQL_DROP}
# The match is fenced in a subquery of its own: otherwise PostgreSQL scans the primary key for
# rare words, and SQLite sorts what FTS5 returns in order.
_NEWEST = {
    "sqlite": (
        "SELECT rowid FROM pengaduan_search_fts WHERE pengaduan_search_fts MATCH %s "
        "ORDER BY rowid DESC LIMIT %s"
    ),
    "postgresql": (
        "SELECT id FROM (SELECT id FROM pengaduan_search_answer "
        "WHERE stems @@ %s::tsquery OFFSET 0) matched ORDER BY id DESC LIMIT %s"
    ),
}


def create(connection: BaseDatabaseWrapper, execute: Execute) -> None:
    """Create the full-text part and fill it from the existing rows."""
    for statement in _CREATE[connection.vendor]:
        execute(statement)


def drop(connection: BaseDatabaseWrapper, execute: Execute) -> None:
    for statement in _DROP[connection.vendor]:
        execute(statement)


def before_refill(connection: BaseDatabaseWrapper, execute: Execute) -> None:
    """SQLite indexes all rows at once faster than one by one, so its triggers are dropped;
    PostgreSQL's generated column can stay, and so can its readers."""
    if connection.vendor == "sqlite":
        for statement in _SQLITE_NO_TRIGGERS:
            execute(statement)


def after_refill(connection: BaseDatabaseWrapper, execute: Execute) -> None:
    if connection.vendor == "sqlite":
        create(connection, execute)


def newest(vendor: str) -> str:
    """SQL for the primary keys of the newest matches; its parameters: expression, limit."""
    return _NEWEST[vendor]


def expression(vendor: str, groups: Iterable[Group], marks: Iterable[str] = ()) -> str:
    """Matches every group, each by any of its phrases, and every mark."""
    required = [*groups, *(((mark,),) for mark in marks)]
    return _and(vendor, [_group(vendor, group) for group in required])


def partial(
    vendor: str, groups: list[Group], enough: int, marks: Iterable[str] = (), alone: int = 1
) -> str:
    """Matches `enough` of the groups, or a single one of the first (rarest) `alone` groups."""
    ways = [list(way) for way in combinations(groups, enough)]
    ways += [] if enough == 1 else [[group] for group in groups[:alone]]
    texts = [_and(vendor, [_group(vendor, group) for group in way]) for way in ways]
    whole = "(" + _or(vendor).join(f"({text})" for text in texts) + ")"
    return _and(vendor, [whole, *(_group(vendor, ((mark,),)) for mark in marks)])


def _and(vendor: str, texts: list[str]) -> str:
    return (" AND " if vendor == "sqlite" else " & ").join(texts)


def _or(vendor: str) -> str:
    return " OR " if vendor == "sqlite" else " | "


def _group(vendor: str, group: Group) -> str:
    return "(" + _or(vendor).join(_phrase(vendor, phrase) for phrase in group) + ")"


def _phrase(vendor: str, phrase: Phrase) -> str:
    """Stems are letters and digits only, so they need quotes and no escaping."""
    if isinstance(phrase, Apart):
        return "(" + _and(vendor, [_phrase(vendor, (stem,)) for stem in phrase]) + ")"
    if vendor == "sqlite":
        return '"' + " ".join(phrase) + '"'
    return "(" + " <-> ".join(f"'{stem}'" for stem in phrase) + ")"
