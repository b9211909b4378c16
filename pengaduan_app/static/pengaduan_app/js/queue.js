// On home and list, j and k go down and up the complaints; Enter opens the one that has the focus.
// Comfort only: the tab key reaches the same links. On a complaint's page Wagtail's w-kbd does it.
(function () {
  "use strict";
  var LINKS = ".pgd-queue td:first-child a, #listing-results td.title a";
  var STEPS = { j: 1, k: -1 };

  // People turn Wagtail's keys off in their account, and mean ours too.
  function turnedOff() {
    var config = document.getElementById("wagtail-config");
    return config && JSON.parse(config.textContent).KEYBOARD_SHORTCUTS_ENABLED === false;
  }

  function isBusy(target) {
    return target.closest("input, select, textarea, [contenteditable], [role=dialog], dialog");
  }

  document.addEventListener("keydown", function (event) {
    var step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.defaultPrevented || isBusy(event.target) || turnedOff()) return;
    var links = Array.from(document.querySelectorAll(LINKS));
    if (!links.length) return;
    var at = links.indexOf(document.activeElement);
    var next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1);
    event.preventDefault();
    links[next].focus();
    links[next].scrollIntoView({ block: "nearest" });
  });
})();
