"""Reads the forms of a page as a browser does, and bends what it would send."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import urljoin
from zlib import crc32

from bs4 import BeautifulSoup

# What a value may be instead. The last two are no text that UTF-8 can write.
NONSENSE = (
    *("", "x", "null", "-1", "1.5", "²", "9" * 19, "9" * 400, "2026-13-45", "99999-01-01"),
    *("[]", "{", '{"a": 1}', '["x"]', '{"entityMap": 1, "blocks": 2}', "1e400", "NaN", "on"),
    *("a\x00b", "🚧", "../../etc/passwd", "A" * 5000, "'", "%s%n", "25:61", "\u202e"),
    *(b"\xff\xfe\xfa", b"\xed\xa0\x80"),
)


@dataclass
class Form:
    """Where a form goes, and what it sends untouched."""

    address: str
    values: dict[str, object] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def forms_of(response, address: str) -> list[Form]:
    """Every form of the page that is sent by POST; of a dialog's JSON too."""
    text = response.content.decode(errors="replace")
    if response.headers.get("Content-Type", "").startswith("application/json"):
        data = json.loads(text)
        text = str(data.get("html", "")) if isinstance(data, dict) else ""
    soup = BeautifulSoup(text, "html.parser")
    tags = [tag for tag in soup.find_all("form") if tag.get("method", "").lower() == "post"]
    return [_read(tag, urljoin(address, tag.get("action") or address)) for tag in tags]


def _read(tag, address: str) -> Form:
    form = Form(address)
    for part in tag.find_all(["input", "textarea", "select"]):
        name, kind = part.get("name"), part.get("type", "")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if kind == "file":
            form.files.add(name)
        elif part.name == "select":
            options = [option.get("value", "") for option in part.find_all("option")]
            form.values[name] = next((value for value in options if value), "")
        elif kind not in ("checkbox", "radio") or name not in form.values:
            form.values[name] = part.get("value") or part.get_text()
    return form


def bent(form: Form, times: int, most: int) -> list[tuple[str, dict[str, object]]]:
    """The form with one value replaced, `times` for each of the first `most` fields: always the
    same ones of NONSENSE, others for each name; and with fields left out or sent twice."""
    found = []
    for name in list(form.values)[:most]:
        start = crc32(f"{form.address}{name}".encode())
        for turn in range(times):
            value = NONSENSE[(start + turn * 7) % len(NONSENSE)]
            found.append((f"{name}={value!r:.40}", {**form.values, name: value}))
    found.append(("nothing", {}))
    found.append(("everything twice", {name: [value, "x"] for name, value in form.values.items()}))
    return found
