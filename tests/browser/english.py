"""Finds English on a screen: words that no Indonesian sentence holds."""

from __future__ import annotations

import re

from playwright.sync_api import Page

# The little words and the words of user interfaces. Left out: what is Indonesian too
# (status, filter, menu, panel, total, data, admin, error, in, me …), and names.
ENGLISH = frozenset(
    """
    a about above account across action actions actually add added admins after again ago all
    allow allowed already also always an and another any anyone anything apply approval approve
    approved are around as assign at author available back be because been before below between
    body bold browse bulk but button by can cancel cancelled cannot cell change changed changes
    character characters check choice choices choose clear click close code collapse collection
    color column comment comments compare comparison complaint complaints complete confirm
    contains content contents copy could create created currently custom cut dashboard date dates
    day days delete deleted deleting description desktop details did different disable disabled
    dismiss display do document documents does done don't down download draft drafts drag drop
    due each edit edited editing editor edits either else empty enable end enter entries entry
    errors every everyone exact existing expand expired explorer export external failed false
    feature field fields file files find finished first focus follow following for form found
    from full fullscreen general get go group groups had has have heading headings help here hide
    hierarchy history home hour hours how icon if image images important include insert instance
    instead into invalid is issue issues it italic items its jump just keep keyboard know language
    large last latest leave left less level levels like limit link list listing load loading
    lock locked log logged logout long longer made make manage mark matched matches maximum maybe
    menu-item message messages minimum minute minutes missing mode moderation modified month
    months more most move moved must my name names navigation need needs never new newest next
    none not note nothing notification notifications now number of off oldest on once one only
    open opens option optional options or order other others our out over overdue overview own
    page pages parent password paste path pending permission permissions place placeholder please
    position preferences press preview previous primary print privacy private public publish
    published publishing read reason recent received redirect redo reference refresh reject
    rejected related reload remaining remove removed rename reorder reorderable replace reply
    report reports request requested required reset resize resolve resolved restart result results
    resume resumed return review revision revisions right role row rows save saved saving schedule
    scheduled scheduling screen search second seconds section see select selected send sent
    set setting settings should show showing shortcut shortcuts show side sidebar sign since site
    sites size skip slim snippet snippets some someone something sort sorted start started state
    statistics step steps still stop string strong submit submitted subpage subpages success such
    table tablet tag tags take task tasks text than that the their them then there these they
    this those through time timed times title to today toggle tomorrow tooltip top translate
    translation tree true try two type types type-in unable undo undone unknown unlock unlocked
    unpublish unpublished unread unsaved until up update updated upload usage use used user
    username users using valid value values version versions very view viewing views visibility
    visible visit want warning warnings was we week weeks welcome were what when where which
    whichever while who whose why will window with within without word words work workflow
    workflows would write wrong year years yes yesterday yet you your yourself
    january february march may june july august october december
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
) - {"a", "as", "at", "do", "end", "tag", "set", "may"}
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
# Names of things, which stay as they are, and what only looks like a sentence.
NAMES = re.compile(r"\S+@\S+|https?://\S+|[\w-]+\.(?:html|js|css|py|svg)\b|/[\w/-]+/")

COLLECT = """() => {
  const found = [document.title];
  const attributes = ['title', 'aria-label', 'placeholder', 'alt', 'aria-description',
    'data-w-progress-active-value', 'data-w-tooltip-content-value', 'data-tippy-content'];
  const visit = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const parent = node.parentElement && node.parentElement.tagName;
        if (!['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent)) found.push(node.data);
        continue;
      }
      attributes.forEach((name) => found.push(node.getAttribute(name) || ''));
      if (['submit', 'button'].includes(node.type)) found.push(node.value || '');
      if (node.tagName === 'TEMPLATE') visit(node.content);
    }
  };
  visit(document.body);
  return [...new Set(found.map((text) => text.replace(/\\s+/g, ' ').trim()).filter(Boolean))];
}"""


def texts_of(page: Page) -> list[str]:
    """Every text of the screen, also what a menu or a dialog still hides, and its labels.

    Texts in the page and its same-origin frames: the preview is one.
    """
    return [text for frame in page.frames for text in frame.evaluate(COLLECT)]


def english_in(text: str) -> list[str]:
    """The English words of a text, or nothing."""
    words = WORD.findall(NAMES.sub(" ", text).replace("’", "'"))
    return [word for word in words if word.lower() in ENGLISH]


def english_on(page: Page) -> list[str]:
    """The texts of the screen in which an English word stands."""
    return [text for text in texts_of(page) if english_in(text)]
