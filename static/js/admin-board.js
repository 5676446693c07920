// Speeches are dragged by their handle; the numbers follow, and staff save them with the form.
document.querySelectorAll("[data-board]").forEach((board) => {
  let dragged = null;
  const speeches = () => [...board.querySelectorAll("[data-speech]")];
  speeches().forEach((row) => {
    const handle = row.querySelector("[data-handle]");
    handle.hidden = false;
    handle.draggable = true;
    handle.addEventListener("dragstart", (event) => {
      dragged = row;
      row.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(row, 0, 0);
    });
    handle.addEventListener("dragend", () => {
      row.classList.remove("is-dragged");
      dragged = null;
    });
    row.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      const below = event.clientY > box.top + box.height / 2;
      row[below ? "after" : "before"](dragged);
      speeches().forEach((speech, index) => {
        speech.querySelector("input[type=number]").value = index + 1;
      });
    });
    row.addEventListener("drop", (event) => event.preventDefault());
  });
});
