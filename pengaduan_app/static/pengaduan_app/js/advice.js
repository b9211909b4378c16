// Shows similar answers during typing; the form works without this.
(function () {
  "use strict";
  var form = document.querySelector("form[data-advice]");
  if (!form || !window.fetch) return;
  var field = form.elements;
  var region = document.createElement("div");
  var asked = "", timer;
  region.setAttribute("aria-live", "polite");
  field.body.closest(".field").insertAdjacentElement("afterend", region);
  // Advice shown here needs no step of its own; if the request fails, the step is shown instead.
  var stepIsNeeded = function (yes) {
    if (offered) field.advise.value = yes ? "1" : "";
  };
  var offered = field.advise.value;
  stepIsNeeded(false);

  var ask = function () {
    var data = new FormData();
    ["csrfmiddlewaretoken", "subject", "body", "category", "agency"].forEach(function (name) {
      data.append(name, field[name].value);
    });
    var key = JSON.stringify([...data.values()]);
    if (key === asked || field.body.value.trim().length < 15) return;
    asked = key;
    fetch(form.dataset.advice, { method: "POST", body: data, credentials: "same-origin" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      })
      .then(function (html) {
        if (key !== asked) return;
        stepIsNeeded(false);
        if (region.innerHTML !== html) region.innerHTML = html;
      })
      .catch(function () { stepIsNeeded(true); });
  };
  form.addEventListener("input", function (event) {
    if (!/^(subject|body|category|agency)$/.test(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 900);
  });
  region.addEventListener("click", function (event) {
    var button = event.target.closest("[data-agency]");
    if (!button) return;
    field.agency.value = button.dataset.agency;
    field.agency.focus();
    ask();
  });
})();
