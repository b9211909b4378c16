"""Finds English on a screen: words that no Indonesian sentence holds."""

from __future__ import annotations

import re

from playwright.sync_api import Page

# The little words and the words of user interfaces. Left out: what is Indonesian too
# (status, filter, menu, panel, total, data, admin, error, in, me …), and names.
WORDS = """
able about above access accessibility accessible account across action actions active actually add
added address administrators admins affect affected after again aging ago aligned all allow allowed
already also alternatively always an ancestor anchor and another any anyone anything appear
application applies apply appropriate approval approve approved are around arrows ascending assign
assigned associated august author automatically autosaved available avatar avoid awaiting back based
be because become been before being below best between big blank block blocked blockquote blocks
body bold box breadcrumb breadcrumbs break broken browse browser bulk bulleted but button by cache
calculate calculated can cancel cancelled cannot case cause cell change changed changes changing
character characters check checks children choice choices choose choosers chosen clear click
clickable clipboard close closeness code collapse collection collections color column columns
combined comment commenting comments compare comparison complaint complaints complete completed
completely complex comply computer concise configure configured confirm confirmation connection
consist contain contains content contents context continue contrast convert converted converting
copied copies copy copying correct could crashed create created creating criteria current currently
custom customize cut dark dashboard date dates day days deactivating december decorative default
define defined delete deleted deleting deletion density descendant descendants descending
description descriptive desktop destination details determine development dialogs did differences
different digits dimensions disable disabled disabling dismiss display displayed document documents
does don't done double down download draft drafts drag drop due duplicate during each earliest edit
edited editing edits effect effective either else email emailed embed embeds empty enable enabled
enclosed encoding encountered engine engines ensure entered entire entries entry error errors every
everyone exact exciting exclude existing exists expand expire expired expiry explained explore
explorer exploring export extension external extract failed fair false feature features february
field fields file files fill filters find finished first focal focus follow following footer for
forget forgotten form formats formatting formula forwarding found frame friday from frontend full
fullscreen further future general generate generated generator get give given go good got group
groups guide had handle handling has hasn have header heading headings headline height hello help
helpful here hide hierarchical hierarchy high highlight history home homepage hostnames hour hours
how however human icon idle if image images immediately import important imported inactive
inappropriate include incomplete incorrect information inherited initial input insert inspect
inspecting installation instance instances instead instructions integrity into invalid is issue
issues it italic items its itself january jeopardising july jump june just keep key keyboard know
language languages large last later latest layout least leave leaving left less letters level levels
light like limit line link list listed listing live load loading locale locales location lock locked
locking logged login logout long longer looks low made main make manage management many march mark
marked match matched matches matching maximum may maybe meaningful member members message messages
metrics minute minutes missing misusing mobile moderated moderation modified monday monospace month
months more most move moved multiple must my name named names navigation necessary need needing
needs network never new newer newest next none not note notes nothing notification notifications now
number numbered numbers object occurred october of off old oldest on once one only open opened opens
option optional optionally options or order ordering orders ordinary original other others our out
over overdue overview overwrite own owner page pages pagination panels paragraphs parameters parent
password passwords paste path pattern paused pending permanent permission permissions phone picture
place placeholder please point popular position possibly practices preferences preferred press
prevent prevents preview previous primary print privacy private problem proceed proceeding profile
profiles promote proper protect protected provide public publication publish published publishing
query quick quotes read readability readable reader reading reason receive received recent
recommended record records redirect redirects redo reference referenced references refresh
refreshing region registered reject rejected related release relevant reload remaining remember
remove removed removes rename renamed reorder reorderable reordered replace replaced replied replies
reply report reports representing request requested requests required reset resize resolve resolved
restart restarted restriction restrictions resubmit resubmitted result results resume resumed retry
return revert reverted review reviewers revision revisions revoke right role roles root route row
rows same saturday save saved saving schedule scheduled schedules scheduling score screen search
searches second seconds section see seems seen select selected selection send sending sensitive sent
sentences separate separated set setting settings shared shortcut shortcuts should show showing
shown side sidebar sign signing since single site sitemaps sites size skip skipped skipping slim
snippet snippets snug some someone something sorry sort sorted source spaces specific specified
specify speeds split stage start started state statistics step steps still stop strike strikethrough
string strong style subject submit submitted submitting subpage subpages subscribed subscript
success successful successfully such summary sunday superscript supported sure switch system table
tags take taken target task tasks temporary term text than that the their them theme then there
these they things this those through thursday time timed timeline times timestamp title to today
toggle tomorrow too toolbar tooltip top translate translated translation translations tree
troubleshoot true try trying tuesday two type types unable under underlying underneath undo undone
unfocus unknown unlock unlocked unpin unpublish unpublished unread unsaved unschedule unscheduled
unset until up update updated upgrade upload uploaded uploading urls usage use used user username
users using validation value values verification version versions very view viewing views visibility
visible visit want warning warnings was we website wednesday week weeks welcome well were what when
where whether which whichever while who whole whose why width will window with within without word
words work workflow workflows works worry worse would write wrong year years yes yesterday yet you
your yourself zone
"""
ENGLISH = frozenset(WORDS.split())
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
# Addresses, the dotted names of types that a report shows to administrators, and ticket
# numbers and keys, whose random letters can spell a word.
NAMES = re.compile(
    r"\S+@\S+|https?://\S+|\b\w+\.\w+\b|/[\w/-]+/|\b[A-Z]+\d\d-\w{4}-\w{4}\b"
    r"|\b(?:[A-Z2-7]{4} ){3,}[A-Z2-7]{1,4}\b"
)
# Never shown: a button of Wagtail's date picker that its settings leave out, and a counter
# that a script fills in before it appears.
UNSEEN = ".xdsoft_save_selected, [data-side-panel-toggle-counter][hidden]"
# For screen readers alone, and written into Wagtail's templates without gettext: the submit
# button of a search that searches while one types (home.html, shared/header.html).
HARD_CODED = frozenset({"Search"})

COLLECT = """(unseen) => {
  if (!document.body) return [];
  const found = [document.title];
  const attributes = ['title', 'aria-label', 'placeholder', 'alt', 'aria-description',
    'data-w-progress-active-value', 'data-w-tooltip-content-value', 'data-tippy-content'];
  const visit = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const parent = node.parentElement && node.parentElement.tagName;
        const shown = !['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent);
        if (shown && !node.parentElement?.closest(unseen)) found.push(node.data);
        continue;
      }
      attributes.forEach((name) => found.push(node.getAttribute(name) || ''));
      // A button shows what stands in it, an input its value.
      const pressed = node.tagName === 'INPUT' && ['submit', 'button'].includes(node.type);
      if (pressed) found.push(node.value || '');
      if (node.tagName === 'TEMPLATE') visit(node.content);
    }
  };
  visit(document.body);
  return [...new Set(found.map((text) => text.replace(/\\s+/g, ' ').trim()).filter(Boolean))];
}"""


def texts_of(page: Page) -> list[str]:
    """Every text of the screen, also what a menu or a dialog still hides, and its labels."""
    return page.evaluate(COLLECT, UNSEEN)


def english_in(text: str) -> list[str]:
    """The English words of a text, or nothing."""
    words = WORD.findall(NAMES.sub(" ", text).replace("’", "'"))
    return [word for word in words if word.lower() in ENGLISH]


def english_on(page: Page) -> list[str]:
    """The texts of the screen in which an English word stands."""
    return [text for text in texts_of(page) if english_in(text) and text not in HARD_CODED]
