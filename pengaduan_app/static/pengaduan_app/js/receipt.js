// Copies, prints, shares and saves the receipt, all in the browser: the code goes to no server.
// Without this the page can be read, selected and printed.
(function () {
  "use strict";
  const receipt = document.getElementById("receipt");
  const text = document.getElementById("receipt-text").content.textContent.trim() + "\n";
  const tools = receipt.querySelector(".receipt-tools");
  const said = receipt.querySelector(".receipt-said");
  const WIDTH = 1080, EDGE = 72, LINE = 52;

  function save(blob, ending) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = receipt.dataset.file + ending;
    link.click();
    // The download has begun by then; the address would keep the code in memory.
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  // Each line of the text in pieces no wider than the picture; a long link breaks anywhere.
  function pieces(pen, line) {
    const found = [];
    let piece = "";
    for (const sign of line) {
      if (pen.measureText(piece + sign).width > WIDTH - 2 * EDGE) {
        const gap = piece.lastIndexOf(" ");
        found.push(gap > 0 ? piece.slice(0, gap) : piece);
        piece = gap > 0 ? piece.slice(gap + 1) : "";
      }
      piece += sign;
    }
    found.push(piece);
    return found;
  }

  function draw() {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const font = "34px sans-serif";
    pen.font = font;
    const shown = Array.from(receipt.querySelectorAll(".ticket div"), function (row) {
      return [row.querySelector("dt").textContent, row.querySelector("dd").textContent];
    });
    // Number and code are drawn large, and not once more among the lines.
    const [title, ...others] = text.trim().split("\n").filter(function (line) {
      return !shown.some(function (row) { return line.startsWith(row[0] + ":"); });
    });
    const lines = others.flatMap(function (line) { return pieces(pen, line); });
    canvas.width = WIDTH;
    canvas.height = 2 * EDGE + LINE + 50 + shown.length * 150 + lines.length * LINE;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#000";
    let y = EDGE + 30;
    pen.font = "bold 40px sans-serif";
    pen.fillText(title, EDGE, y);
    y += LINE + 30;
    for (const [name, value] of shown) {
      pen.font = font;
      pen.fillText(name, EDGE, y);
      pen.font = "bold 64px monospace";
      pen.fillText(value, EDGE, y + 68, WIDTH - 2 * EDGE);
      y += 150;
    }
    pen.font = font;
    for (const line of lines) {
      pen.fillText(line, EDGE, y);
      y += LINE;
    }
    return canvas;
  }

  const deeds = {
    copy: function () {
      const failed = function () { said.textContent = receipt.dataset.notCopied; };
      if (!navigator.clipboard) return failed();
      navigator.clipboard.writeText(text).then(function () {
        said.textContent = receipt.dataset.copied;
      }, failed);
    },
    print: function () { window.print(); },
    // Who closes the list of ways to share has changed their mind; nothing is to be said.
    share: function () { navigator.share({title: receipt.dataset.file, text: text}).catch(function () {}); },
    picture: function () { draw().toBlob(function (blob) { save(blob, ".png"); }); },
    text: function () { save(new Blob([text], {type: "text/plain"}), ".txt"); },
  };
  tools.hidden = false;
  tools.querySelector("[data-do=share]").hidden = !navigator.share;
  tools.addEventListener("click", function (event) {
    const button = event.target.closest("[data-do]");
    if (button) deeds[button.dataset.do]();
  });
})();
