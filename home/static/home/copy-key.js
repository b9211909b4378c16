/* Shows the buttons that copy what stands in another element, without its spaces, and says so.
   Without script or clipboard they stay hidden, and the text can be selected. */
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  const word = document.createElement("span");
  word.setAttribute("role", "status");
  button.after(word);
  button.hidden = false;
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.copy).textContent.replace(/\s/g, "");
    navigator.clipboard.writeText(text).then(() => { word.textContent = button.dataset.copied; });
  });
}
