// Puts a reply template or an earlier answer into the answer's editor: where the cursor was, or
// at the end if nobody has been in the editor yet. Undo takes it out again.
(function () {
  "use strict";
  var visited = false;
  document.addEventListener("focusin", function (event) {
    if (event.target.closest(".public-DraftEditor-content")) visited = true;
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-pgd-insert]");
    var field = document.querySelector("input[name=answer]");
    var editor = field && field.draftailEditor;
    if (!button || !editor || !window.DraftJS) return;
    var Draft = window.DraftJS;
    var state = editor.getEditorState();
    if (!visited) state = Draft.EditorState.moveSelectionToEnd(state);
    var added = Draft.convertFromRaw(JSON.parse(button.dataset.pgdInsert)).getBlockMap();
    var content = state.getCurrentContent();
    var range = state.getSelection();
    if (content.hasText()) {
      // On lines of its own.
      content = Draft.Modifier.splitBlock(Draft.Modifier.removeRange(content, range, "forward"), range);
      range = content.getSelectionAfter();
    }
    content = Draft.Modifier.replaceWithFragment(content, range, added);
    editor.onChange(Draft.EditorState.push(state, content, "insert-fragment"));
    editor.focus();
  });
})();
