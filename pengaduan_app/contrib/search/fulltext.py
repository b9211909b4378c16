"""The full-text part of the index: FTS5 on SQLite, a tsvector on PostgreSQL.

The database keeps it in step with `search_answer` by itself, by triggers or as a generated
column, so that no way of writing a row can leave it behind. It is fed stems of plain
letters and digits, and so are its expressions: neither database's own parser decides
anything, and both find the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

# Stems of one phrase; phrases that mean the same; groups that a match must hold.
Phrase = tuple[str, ...]
Group = tuple[Phrase, ...]


class Apart(tuple):
    """The stems of a phrase that may stand anywhere in an answer, not only side by side."""


# A stem that no text holds stands between the parts of an answer: no phrase crosses it.
BETWEEN = "zzz0"
COLUMNS = "title_stems, body_stems, about_stems"


def _of(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in COLUMNS.split(", "))


_SQLITE_TABLE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5({COLUMNS}, "
    "content='search_answer', content_rowid='id', tokenize='ascii')"
)
_ADD = f"INSERT INTO search_fts(rowid, {COLUMNS}) VALUES (new.id, {_of('new')}); "
_TAKE = (
    f"INSERT INTO search_fts(search_fts, rowid, {COLUMNS}) "
    f"VALUES ('delete', old.id, {_of('old')}); "
)
_SQLITE_TRIGGERS = (
    f"CREATE TRIGGER search_fts_add AFTER INSERT ON search_answer BEGIN {_ADD}END",
    f"CREATE TRIGGER search_fts_take AFTER DELETE ON search_answer BEGIN {_TAKE}END",
    f"CREATE TRIGGER search_fts_change AFTER UPDATE OF {COLUMNS} ON search_answer "
    f"BEGIN {_TAKE}{_ADD}END",
)
_SQLITE_NO_TRIGGERS = tuple(
    f"DROP TRIGGER IF EXISTS search_fts_{name}" for name in ("add", "take", "change")
)
_SQLITE_FILL = "INSERT INTO search_fts(search_fts) VALUES ('rebuild')"
_SQLITE = (*_SQLITE_NO_TRIGGERS, _SQLITE_TABLE, *_SQLITE_TRIGGERS, _SQLITE_FILL)
_SQLITE_DROP = (*_SQLITE_NO_TRIGGERS, "DROP TABLE IF EXISTS search_fts")
_VECTOR = f"title_stems || ' {BETWEEN} ' || body_stems || ' {BETWEEN} ' || about_stems"
_POSTGRESQL = (
    "ALTER TABLE search_answer ADD COLUMN stems tsvector "
    f"GENERATED ALWAYS AS (to_tsvector('simple', {_VECTOR})) STORED",
    "CREATE INDEX search_answer_stems ON search_answer USING gin (stems)",
)
_POSTGRESQL_DROP = ("ALTER TABLE search_answer DROP COLUMN IF EXISTS stems",)
_CREATE = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_DROP = {"sqlite": _SQLITE_DROP, "postgresql": _POSTGRESQL_DROP}
# The match is fenced in a subquery of its own: PostgreSQL would otherwise walk the primary
# key for rare words, and SQLite would sort what FTS5 already gives in order.
_NEWEST = {
    "sqlite": (
        "SELECT rowid FROM search_fts WHERE search_fts MATCH %s ORDER BY rowid DESC LIMIT %s"
    ),
    "postgresql": (
        "SELECT id FROM (SELECT id FROM search_answer WHERE stems @@ %s::tsquery OFFSET 0) matched "
        "ORDER BY id DESC LIMIT %s"
    ),
}


def create(connection, execute) -> None:
    """Make the full-text part and fill it from the rows that are there."""
    for statement in _CREATE[connection.vendor]:
        execute(statement)


def drop(connection, execute) -> None:
    for statement in _DROP[connection.vendor]:
        execute(statement)


def before_refill(connection, execute) -> None:
    """SQLite fills from all rows at once faster than it follows one by one; PostgreSQL
    follows anyway, and keeps its readers meanwhile."""
    if connection.vendor == "sqlite":
        for statement in _SQLITE_NO_TRIGGERS:
            execute(statement)


def after_refill(connection, execute) -> None:
    if connection.vendor == "sqlite":
        create(connection, execute)


def newest(vendor: str) -> str:
    """SQL for the numbers of the newest answers that match: expression, limit."""
    return _NEWEST[vendor]


def expression(vendor: str, groups: Iterable[Group], marks: Iterable[str] = ()) -> str:
    """What matches every group, each by any of its phrases, and holds every mark."""
    required = [*groups, *(((mark,),) for mark in marks)]
    return _and(vendor, [_group(vendor, group) for group in required])


def partial(
    vendor: str, groups: list[Group], enough: int, marks: Iterable[str] = (), alone: int = 1
) -> str:
    """What matches `enough` of the groups, or one of the first alone, which are the rarest."""
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
    """Stems are letters and digits alone, so quoting them is all that is needed."""
    if isinstance(phrase, Apart):
        return "(" + _and(vendor, [_phrase(vendor, (stem,)) for stem in phrase]) + ")"
    if vendor == "sqlite":
        return '"' + " ".join(phrase) + '"'
    return "(" + " <-> ".join(f"'{stem}'" for stem in phrase) + ")"
