// Shows a picture over the page instead of in a new tab; the arrow keys go to its neighbours.
// Comfort only: the link works without this.
(function () {
  "use strict";
  var dialog, picture, links, place, back, on;

  function pictures(link) {
    return Array.from(link.closest(".pgd-attachments").querySelectorAll("a[data-close]"));
  }

  function show(link) {
    links = pictures(link);
    picture.src = link.href;
    picture.alt = link.querySelector("img").alt;
    var at = links.indexOf(link);
    dialog.dataset.at = at;
    place.textContent = at + 1 + " / " + links.length;
    back.disabled = at === 0;
    on.disabled = at === links.length - 1;
    // A button that is switched off loses the keys, and the dialog with it.
    if (dialog.open && links.length > 1) (on.disabled ? back : on).focus();
    back.hidden = on.hidden = place.hidden = links.length === 1;
  }

  function go(by) {
    var next = links[Number(dialog.dataset.at) + by];
    if (next) show(next);
  }

  function button(text, label, press) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "button button-secondary";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", function (event) {
      event.stopPropagation();
      press();
    });
    return made;
  }

  function build(link) {
    dialog = document.createElement("dialog");
    dialog.className = "pgd-lightbox";
    picture = document.createElement("img");
    place = document.createElement("span");
    back = button("‹", link.dataset.previous, function () { go(-1); });
    on = button("›", link.dataset.next, function () { go(1); });
    var close = button(link.dataset.close, link.dataset.close, function () { dialog.close(); });
    var row = document.createElement("p");
    row.className = "pgd-buttons";
    row.append(back, place, on, close);
    dialog.append(picture, row);
    document.body.append(dialog);
    dialog.addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("keydown", function (event) {
      if (event.key === "ArrowRight") go(1);
      if (event.key === "ArrowLeft") go(-1);
    });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest(".pgd-attachments a[data-close]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!dialog) build(link);
    show(link);
    dialog.showModal();
  });
})();
