// An open form tells that it is open, and shows who else has it open. A form that nobody has touched
// for a while falls silent, so that it neither keeps a session alive nor stands for somebody absent.
"use strict";

document.querySelectorAll("[data-presence]").forEach((notice) => {
  const IDLE = 5 * 60 * 1000; // milliseconds
  const names = notice.querySelector("[data-others]");
  const token = document.querySelector("#content-main form [name=csrfmiddlewaretoken]").value;
  let touchedAt = Date.now();

  const beat = async () => {
    if (document.hidden || Date.now() - touchedAt > IDLE) {
      return;
    }
    try {
      const answer = await fetch(notice.dataset.presence, {
        method: "POST",
        headers: { "X-CSRFToken": token },
      });
      const { others } = await answer.json();
      names.textContent = others.join("、");
      notice.hidden = others.length === 0;
    } catch {
      // The network is away, or the draft is closed to us now: saving will tell.
    }
  };

  ["input", "pointerdown", "keydown", "focus"].forEach((kind) => {
    window.addEventListener(kind, () => { touchedAt = Date.now(); }, true);
  });
  window.setInterval(beat, Number(notice.dataset.beat) * 1000);
});
