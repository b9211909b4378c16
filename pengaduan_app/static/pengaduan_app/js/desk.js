// Asks before a reply template takes the place of what was written. Comfort only: the form
// works without this.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var templates = document.querySelector("[data-discards]");
    if (!templates) return;
    var form = document.querySelector(".pgd-form form");
    var words = function () {
      var fields = form.querySelectorAll("[role=textbox], textarea");
      return Array.from(fields, function (field) {
        return (field.value || field.textContent).trim();
      }).join("");
    };
    // A template that nobody has touched may go without a question.
    var chosen = /[?&]template=/.test(location.search) && templates.dataset.sent === "False";
    var untouched = chosen ? null : "";
    form.addEventListener("focusin", function () {
      if (untouched === null) untouched = words();
    });
    templates.addEventListener("click", function (event) {
      if (!event.target.closest("a") || untouched === null || words() === untouched) return;
      if (!window.confirm(templates.dataset.discards)) event.preventDefault();
    });
  });
})();
