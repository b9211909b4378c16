// Number and code behind the "#" of a receipt's link go into the form, and out of the address bar
// and the browser's history at once. No browser sends what stands there to a server.
(function () {
  "use strict";
  function take() {
    if (location.hash.length < 2) return;
    const given = new URLSearchParams(location.hash.slice(1));
    const fields = {ticket: given.get("nomor"), code: given.get("kode")};
    if (!fields.ticket && !fields.code) return;
    history.replaceState(null, "", location.pathname + location.search);
    for (const [name, value] of Object.entries(fields)) {
      const field = document.querySelector(`form [name=${name}]`);
      if (field && value) field.value = value.slice(0, field.maxLength);
    }
    document.querySelector("form.form button[type=submit]").focus();
  }
  take();
  window.addEventListener("hashchange", take);
})();
