// Ask how far reading is, and show the workbench once it is done.
"use strict";

(() => {
  const bar = document.getElementById("progress");
  const wait = 700;

  async function ask() {
    try {
      const answer = await fetch(bar.dataset.url, { headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!told.reading) {
        window.location.reload();
        return;
      }
      bar.value = told.percent;
      for (const [name, stage] of Object.entries(told.stages)) {
        const row = document.getElementById(`stage-${name}`);
        row.className = stage.state;
        row.querySelector(".detail").textContent = stage.detail;
      }
    } catch {
      // The server is away for a moment: ask again.
    }
    window.setTimeout(ask, wait);
  }

  window.setTimeout(ask, wait);
})();
