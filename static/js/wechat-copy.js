// Copy an article with its look, or a line of text; where the browser refuses, select it.
"use strict";

(() => {
  const write = (element, asText) => {
    const text = new Blob([element.innerText], { type: "text/plain" });
    const parts = { "text/plain": text };
    if (!asText) {
      parts["text/html"] = new Blob([element.innerHTML], { type: "text/html" });
    }
    return navigator.clipboard.write([new ClipboardItem(parts)]);
  };

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  const article = document.querySelector("[data-done]");
  const { done, byHand } = article ? article.dataset : {};

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) {
      return;
    }
    const element = document.getElementById(button.dataset.copy);
    const status = button.closest("article").querySelector("[role=status]");
    try {
      await write(element, button.dataset.as === "text");
      status.textContent = done;
    } catch {
      select(element);
      status.textContent = byHand;
    }
  });
})();
