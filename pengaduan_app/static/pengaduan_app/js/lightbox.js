// Shows a picture over the page instead of in a new tab; the arrow keys go to its neighbours.
// Comfort only: the link works without this.
(function () {
  "use strict";
  var dialog, picture, links;

  function pictures(link) {
    return Array.from(link.closest(".pgd-attachments").querySelectorAll("a[data-close]"));
  }

  function show(link) {
    links = pictures(link);
    picture.src = link.href;
    picture.alt = link.querySelector("img").alt;
    dialog.dataset.at = links.indexOf(link);
  }

  function go(by) {
    var next = links[Number(dialog.dataset.at) + by];
    if (next) show(next);
  }

  function build(link) {
    dialog = document.createElement("dialog");
    dialog.className = "pgd-lightbox";
    var close = document.createElement("button");
    close.type = "button";
    close.className = "button button-secondary";
    close.textContent = link.dataset.close;
    picture = document.createElement("img");
    dialog.append(picture, close);
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
