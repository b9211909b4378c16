// A brush that marks what is to be hidden in a photo. It writes the places, in per cent of the
// photo, into the form's field; the server burns them in. What is seen here is a preview only.
// Without this the places are typed as numbers.
(function () {
  "use strict";
  var MOST = 600; // places, as the server counts them
  var LEAST = 1.5, LARGEST = 40; // the brush's side, in per cent of the photo's width
  var host, field, photo;
  var canvas = document.createElement("canvas"), paint = canvas.getContext("2d");
  var small = document.createElement("canvas");
  // Strokes, each a list of [left, top, width, height].
  var strokes = [], at = { x: 50, y: 50 }, last = null, shown = false, size, status;

  function rounded(number) { return Math.round(number * 10) / 10; }

  function dab() {
    // The brush around `at`, cut at the photo's edges. Square in pixels.
    var wide = Number(size.value), high = wide * canvas.width / canvas.height;
    var left = Math.max(0, at.x - wide / 2), top = Math.max(0, at.y - high / 2);
    left = Math.floor(left * 10) / 10;
    top = Math.floor(top * 10) / 10;
    var width = Math.min(rounded(at.x + wide / 2 - left), rounded(100 - left));
    var height = Math.min(rounded(at.y + high / 2 - top), rounded(100 - top));
    return [left, top, width, height];
  }

  function places() { return strokes.reduce(function (all, stroke) { return all.concat(stroke); }, []); }

  function pixels(place) {
    return [
      place[0] * canvas.width / 100, place[1] * canvas.height / 100,
      Math.max(1, place[2] * canvas.width / 100), Math.max(1, place[3] * canvas.height / 100)
    ];
  }

  function hide(place) {
    var box = pixels(place);
    small.width = small.height = 2;
    var few = small.getContext("2d");
    few.drawImage(photo, box[0] / canvas.width * photo.naturalWidth, box[1] / canvas.height * photo.naturalHeight,
      box[2] / canvas.width * photo.naturalWidth, box[3] / canvas.height * photo.naturalHeight, 0, 0, 2, 2);
    paint.drawImage(small, 0, 0, 2, 2, box[0], box[1], box[2], box[3]);
  }

  function draw() {
    paint.drawImage(photo, 0, 0, canvas.width, canvas.height);
    places().forEach(hide);
    if (!shown) return;
    var box = pixels(dab());
    paint.lineWidth = 3;
    paint.strokeStyle = "#fff";
    paint.strokeRect(box[0], box[1], box[2], box[3]);
    paint.lineWidth = 1;
    paint.strokeStyle = "#000";
    paint.strokeRect(box[0], box[1], box[2], box[3]);
  }

  function say() {
    var number = places().length;
    status.textContent = !number ? host.dataset.none
      : number >= MOST ? host.dataset.many
      : host.dataset.count + " " + number;
  }

  function write() {
    field.value = places().map(function (place) { return place.join(" "); }).join("\n");
    draw();
    say();
  }

  function read() {
    // What somebody typed, or what came back with an error; the server says what is wrong with it.
    var typed = field.value.split("\n").map(function (line) {
      return line.trim().split(/\s+/).map(function (number) { return Number(number.replace(",", ".")); });
    });
    strokes = typed.filter(function (place) {
      return place.length === 4 && place.every(isFinite) && place[2] > 0 && place[3] > 0;
    }).map(function (place) { return [place]; });
    draw();
    say();
  }

  function stamp() {
    if (places().length < MOST) strokes[strokes.length - 1].push(dab());
    write();
  }

  function point(event) {
    var box = canvas.getBoundingClientRect();
    at.x = Math.min(100, Math.max(0, (event.clientX - box.left) * 100 / box.width));
    at.y = Math.min(100, Math.max(0, (event.clientY - box.top) * 100 / box.height));
  }

  function moved() {
    // A new square each half brush, so that a stroke has no gap and few places.
    var step = Number(size.value) / 2, ratio = canvas.height / canvas.width;
    return !last || Math.hypot(at.x - last.x, (at.y - last.y) * ratio) >= step;
  }

  function begin(event) {
    if (event.button) return;
    event.preventDefault();
    canvas.focus();
    canvas.setPointerCapture(event.pointerId);
    shown = true;
    point(event);
    strokes.push([]);
    last = { x: at.x, y: at.y };
    stamp();
  }

  function follow(event) {
    var from = last, to;
    shown = true;
    point(event);
    if (!from) return draw();
    if (!moved()) return;
    // A quick hand leaves gaps between two events: they are filled.
    to = { x: at.x, y: at.y };
    var ratio = canvas.height / canvas.width;
    var steps = Math.ceil(Math.hypot(to.x - from.x, (to.y - from.y) * ratio) / (Number(size.value) / 2));
    for (var n = 1; n <= steps; n++) {
      at = { x: from.x + (to.x - from.x) * n / steps, y: from.y + (to.y - from.y) * n / steps };
      if (places().length < MOST) strokes[strokes.length - 1].push(dab());
    }
    last = to;
    write();
  }

  function undo() {
    strokes.pop();
    write();
  }

  var KEYS = {
    ArrowLeft: function () { at.x = Math.max(0, at.x - 1); },
    ArrowRight: function () { at.x = Math.min(100, at.x + 1); },
    ArrowUp: function () { at.y = Math.max(0, at.y - 1); },
    ArrowDown: function () { at.y = Math.min(100, at.y + 1); },
    "+": function () { size.stepUp(2); },
    "-": function () { size.stepDown(2); },
    Enter: function () { strokes.push([]); stamp(); },
    " ": function () { strokes.push([]); stamp(); },
    Backspace: undo
  };

  function key(event) {
    var press = (event.ctrlKey || event.metaKey) && event.key === "z" ? undo : KEYS[event.key];
    if (!press || (event.ctrlKey && press !== undo)) return;
    event.preventDefault();
    shown = true;
    press();
    draw();
  }

  function button(text, press) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small button-secondary";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  }

  function tools() {
    var row = document.createElement("p"), label = document.createElement("label");
    row.className = "pgd-buttons";
    size = document.createElement("input");
    size.type = "range";
    size.min = LEAST;
    size.max = LARGEST;
    size.step = 0.5;
    size.value = 8;
    size.addEventListener("input", draw);
    label.append(host.dataset.size + " ", size);
    status = document.createElement("span");
    status.setAttribute("role", "status");
    row.append(label, button(host.dataset.undo, undo), button(host.dataset.clear, function () {
      strokes = [];
      write();
    }), status);
    return row;
  }

  function start() {
    canvas.width = Math.min(1600, photo.naturalWidth);
    canvas.height = Math.max(1, Math.round(canvas.width * photo.naturalHeight / photo.naturalWidth));
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", host.dataset.canvas);
    canvas.addEventListener("pointerdown", begin);
    canvas.addEventListener("pointermove", follow);
    ["pointerup", "pointercancel"].forEach(function (name) {
      canvas.addEventListener(name, function () { last = null; });
    });
    canvas.addEventListener("pointerleave", function () { shown = last !== null; draw(); });
    canvas.addEventListener("focus", function () { shown = true; draw(); });
    canvas.addEventListener("blur", function () { shown = false; draw(); });
    canvas.addEventListener("keydown", key);
    field.addEventListener("input", read);
    photo.hidden = true;
    host.append(canvas, tools());
    read();
  }

  function ready() {
    host = document.querySelector("[data-blur]");
    field = document.querySelector("[data-places]");
    if (!host || !field) return;
    photo = host.querySelector("img");
    if (photo.complete && photo.naturalWidth) start();
    else photo.addEventListener("load", start);
  }

  // The admin loads its scripts before the page is there.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
