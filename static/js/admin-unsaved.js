// Warn before a page with typed, unsaved text is left: also by a button of the review panel.
"use strict";

(() => {
  const form = document.querySelector("#content-main form");
  if (!form) {
    return;
  }
  let touched = Boolean(form.querySelector(".errornote"));
  let saving = false;

  const editors = () => Object.values(window.CKEDITOR ? window.CKEDITOR.instances : {});
  const unsaved = () => touched || editors().some((editor) => editor.checkDirty());

  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("change", () => { touched = true; });
  form.addEventListener("submit", () => { saving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!saving && unsaved()) {
      event.preventDefault();
    }
  });
})();
