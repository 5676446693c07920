// What was typed and kept in this browser goes with the person who typed it.
"use strict";

document.querySelectorAll("#logout-form").forEach((form) => {
  form.addEventListener("submit", () => {
    Object.keys(localStorage)
      .filter((key) => key.startsWith("kept-draft:"))
      .forEach((key) => localStorage.removeItem(key));
  });
});
