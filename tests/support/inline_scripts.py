"""Finds what a strict policy refuses in a page: scripts without a file, handlers in attributes."""

from __future__ import annotations

from bs4 import BeautifulSoup

# Types that a browser runs; everything else is data.
RUN = {"", "text/javascript", "application/javascript", "module"}


def inline_scripts(html: str) -> list[str]:
    """What would run, as it is written."""
    soup = BeautifulSoup(html, "html.parser")
    scripts = [
        str(tag)[:120]
        for tag in soup.find_all("script")
        if not tag.get("src") and not tag.get("nonce") and tag.get("type", "").lower() in RUN
    ]
    handlers = [
        f"{tag.name} {name}"
        for tag in soup.find_all(True)
        for name, value in tag.attrs.items()
        if name.startswith("on") or str(value).strip().lower().startswith("javascript:")
    ]
    return scripts + handlers
