// A click on the picture sets its focal point; a mark shows where it is.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-focus]").forEach((frame) => {
    const across = document.getElementById("id_focus_x");
    const down = document.getElementById("id_focus_y");
    if (!across || !down) {
      return;
    }
    const mark = document.createElement("span");
    mark.className = "picture-mark";
    frame.append(mark);
    const show = () => {
      mark.style.left = `${across.value}%`;
      mark.style.top = `${down.value}%`;
    };
    frame.addEventListener("click", (event) => {
      const box = frame.getBoundingClientRect();
      across.value = Math.round((100 * (event.clientX - box.left)) / box.width);
      down.value = Math.round((100 * (event.clientY - box.top)) / box.height);
      show();
    });
    [across, down].forEach((field) => field.addEventListener("input", show));
    show();
  });
});
