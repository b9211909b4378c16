/* Copies a link's address and says so; without script or clipboard it stays a plain link. */
for (const link of document.querySelectorAll("a[data-copied]")) {
  if (!navigator.clipboard) break;
  const word = document.createElement("span");
  word.className = "muted";
  word.setAttribute("role", "status");
  link.after(word);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(
      () => { word.textContent = link.dataset.copied; },
      () => location.assign(link.href),
    );
  });
}
