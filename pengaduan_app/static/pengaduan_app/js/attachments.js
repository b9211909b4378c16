// Photos are made smaller, and files that are too large are named, before anything travels. A
// convenience: without this, or where the browser can't, the form sends the files as they are.
(function () {
  "use strict";
  var SHRINKABLE = /^image\/(jpeg|webp|heic|heif|avif)$/;
  // Bytes. A smaller photo isn't worth the work.
  var SMALL = 1500000;

  function draw(bitmap, scale) {
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    var pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.85); });
  }

  // The file, or a smaller photo of the same.
  async function smaller(file, longest) {
    if (!SHRINKABLE.test(file.type) || file.size < SMALL || !window.createImageBitmap) return file;
    try {
      var bitmap = await createImageBitmap(file);
      var scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
      var blob = await draw(bitmap, scale);
      bitmap.close();
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch (error) {
      return file;
    }
  }

  function filled(sentence, value) {
    return sentence.replace(/%\((name|names)\)s/, function () { return value; });
  }

  document.querySelectorAll("input[type=file][data-most-bytes]").forEach(function (input) {
    var limits = input.dataset, note = document.createElement("p"), turn = 0;
    note.className = "help";
    note.setAttribute("role", "status");
    input.insertAdjacentElement("afterend", note);

    function judge(files) {
      var large = files.filter(function (file) { return file.size > Number(limits.mostBytes); });
      if (files.length > Number(limits.mostFiles)) return limits.tooMany;
      return large.map(function (file) { return filled(limits.tooLarge, file.name); }).join(" ");
    }

    input.addEventListener("change", async function () {
      var mine = ++turn, chosen = Array.from(input.files), made = [];
      input.setCustomValidity("");
      note.textContent = chosen.some(function (file) { return file.size >= SMALL; }) ? limits.working : "";
      // One after the other: a telephone has room for one large photo at a time.
      for (var file of chosen) made.push(await smaller(file, Number(limits.longestSide)));
      if (mine !== turn) return;
      try {
        var basket = new DataTransfer();
        made.forEach(function (file) { basket.items.add(file); });
        input.files = basket.files;
      } catch (error) {
        made = chosen;
      }
      var wrong = judge(made);
      input.setCustomValidity(wrong);
      var names = made.map(function (file) { return file.name; }).join(", ");
      note.textContent = wrong || (names && filled(limits.ready, names));
    });
  });
})();
