// A convenience: the forms work without this.
(function () {
  "use strict";
  document.querySelectorAll("form[data-once]").forEach(function (form) {
    var button = form.querySelector("button[type=submit]");
    form.addEventListener("submit", function () {
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
    });
    // The browser's back button restores the page as it was: the form must be usable again.
    window.addEventListener("pageshow", function () {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    });
    form.querySelectorAll("textarea[maxlength]").forEach(function (area) {
      var note = document.createElement("p");
      note.className = "counter";
      area.insertAdjacentElement("afterend", note);
      var show = function () {
        note.textContent = area.maxLength - area.value.length + " " + form.dataset.left;
      };
      area.addEventListener("input", show);
      show();
    });
  });
})();
