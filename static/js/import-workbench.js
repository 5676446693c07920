// The workbench without reloads: the same forms, sent by fetch; dragging, keys, and the way from a
// paragraph to its source and back. Without this script every step still works by its button.
"use strict";

(() => {
  const command = document.getElementById("command");
  const status = document.getElementById("bench-status");
  const parts = ["bench-head", "bench-intro", "bench", "aside", "loose", "log", "bench-tools"];
  const byId = (id) => document.getElementById(id);
  const served = new Map();
  let busy = false;

  // What is chosen

  const radios = () => [...document.querySelectorAll("input[name='block']")];
  const chosen = () => document.querySelector("input[name='block']:checked");
  const blockOf = (radio) => radio.closest(".block");

  function showChosen() {
    document.querySelectorAll(".block.chosen").forEach((row) => row.classList.remove("chosen"));
    const radio = chosen();
    document.querySelectorAll("#bench-tools .tool[form='command'], #open-cut").forEach((tool) => {
      tool.disabled = !radio;
    });
    if (!radio) {
      return;
    }
    const block = blockOf(radio);
    block.classList.add("chosen");
    const speech = block.closest("[data-number]");
    const words = block.querySelector(".words").textContent.trim();
    byId("chosen").textContent = `${speech ? `${speech.dataset.number}.` : ""}${radio.nextElementSibling.textContent} ${words.slice(0, 18)}`;
    const run = sourceOf(block);
    mark(run);
    if (run) {
      scrollInside(run);
    }
  }

  function choose(radio, focus = true) {
    radio.checked = true;
    showChosen();
    if (focus) {
      radio.focus({ preventScroll: true });
      blockOf(radio).scrollIntoView({ block: "nearest" });
    }
  }

  // From the paragraph to its source, and back

  const sourceOf = (block) => document.querySelector(`.run[data-key="${block.dataset.key}"]`);

  function mark(run) {
    document.querySelectorAll(".run.lit").forEach((row) => row.classList.remove("lit"));
    if (run) {
      document.querySelectorAll(`.run[data-key="${run.dataset.key}"]`).forEach((row) => row.classList.add("lit"));
    }
  }

  function scrollInside(run) {
    const pane = run.closest(".source");
    const offset = run.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (offset < 40 || offset > pane.clientHeight - 60) {
      pane.scrollTop += offset - pane.clientHeight / 3;
    }
  }

  function flash(element) {
    element.classList.remove("flash");
    void element.offsetWidth;
    element.classList.add("flash");
  }

  function lead(hash) {
    const target = byId(hash.slice(1));
    if (!target) {
      return false;
    }
    const run = target.matches(".run") ? target : null;
    const block = run ? byId(`block-${run.dataset.key}`) : target.closest(".block");
    (block || target).scrollIntoView({ block: "center" });
    if (block) {
      const radio = block.querySelector("input[name='block']");
      if (radio) {
        choose(radio);
      }
      flash(block);
      const stood = run || sourceOf(block);
      if (stood) {
        scrollInside(stood);
        mark(stood);
        flash(stood);
      }
    } else {
      target.focus({ preventScroll: true });
      flash(target);
    }
    return true;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-lead], .source .chip");
    if (link) {
      const address = new URL(link.href);
      if (address.search && address.search !== (window.location.search || "?p=1")) {
        return;
      }
      if (lead(address.hash)) {
        event.preventDefault();
      }
      return;
    }
    const run = event.target.closest(".run");
    if (run && !String(window.getSelection())) {
      if (run.dataset.page) {
        window.location.href = `?p=${run.dataset.page}#block-${run.dataset.key}`;
      } else {
        lead(`#block-${run.dataset.key}`);
      }
      return;
    }
    const menu = event.target.closest(".speech-menu");
    document.querySelectorAll(".speech-menu[open]").forEach((open) => {
      if (open !== menu) {
        open.open = false;
      }
    });
  });

  // Sending a step

  async function send(fields, form = command) {
    if (busy) {
      return;
    }
    busy = true;
    document.body.classList.add("busy");
    const data = new FormData(form);
    const block = fields.block || chosen()?.value || "";
    for (const [name, value] of Object.entries(fields)) {
      data.set(name, value);
    }
    try {
      const answer = await fetch(form.action, { method: "POST", body: data });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      show(new DOMParser().parseFromString(await answer.text(), "text/html"), block);
    } catch {
      form.querySelector("[name='do'][type='hidden']")?.remove();
      for (const [name, value] of Object.entries(fields)) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        field.value = value;
        form.append(field);
      }
      HTMLFormElement.prototype.submit.call(form);
    } finally {
      busy = false;
      document.body.classList.remove("busy");
    }
  }

  function remember(root = document) {
    root.querySelectorAll("#bench > .speech").forEach((speech) => served.set(speech.id, speech.outerHTML));
  }

  // Only the speeches that differ are exchanged, so that nothing else jumps.
  function showSpeeches(page) {
    const bench = byId("bench");
    const kept = new Set();
    let place = null;
    for (const speech of [...page.querySelectorAll("#bench > .speech")]) {
      const known = byId(speech.id);
      const html = speech.outerHTML;
      kept.add(speech.id);
      let row = known;
      if (!known || served.get(speech.id) !== html) {
        row = document.importNode(speech, true);
        served.set(speech.id, html);
        known?.remove();
      }
      const next = place ? place.nextElementSibling : bench.firstElementChild;
      if (next !== row) {
        bench.insertBefore(row, next);
      }
      place = row;
    }
    [...bench.children].filter((row) => !kept.has(row.id)).forEach((row) => row.remove());
  }

  // The form of the meeting keeps its calendar and what is typed, unless the meeting itself changed.
  function keepMeeting(old, copy) {
    const [before, after] = [old, copy].map((part) => part.querySelector(".meeting-form"));
    const stored = (form) => ["title", "held_on"].map((name) => form.elements[name].defaultValue).join("\n");
    if (before && after && stored(before) === stored(after)) {
      before.elements.version.value = after.elements.version.value;
      after.replaceWith(before);
    }
  }

  function show(page, block) {
    if (!page.getElementById("bench")) {
      window.location.reload();
      return;
    }
    const key = (block || "").split(":")[1];
    const top = key && byId(`block-${key}`)?.getBoundingClientRect().top;
    showSpeeches(page);
    for (const id of parts.filter((name) => name !== "bench")) {
      const fresh = page.getElementById(id);
      const old = byId(id);
      const opened = [...(old?.querySelectorAll("details") || [])].map((details) => details.open);
      if (old && fresh) {
        const copy = document.importNode(fresh, true);
        copy.querySelectorAll("details").forEach((details, at) => { details.open = opened[at] ?? details.open; });
        keepMeeting(old, copy);
        old.replaceWith(copy);
      }
    }
    document.querySelectorAll(".messagelist").forEach((list) => list.remove());
    const messages = page.querySelector(".messagelist");
    if (messages) {
      const told = document.importNode(messages, true);
      told.classList.add("toast");
      byId("bench-head").after(told);
      status.textContent = messages.textContent.trim();
    }
    byId("cut-text").value = "";
    byId("cut").close();
    wake();
    const radio = key && byId(`block-${key}`)?.querySelector("input[name='block']");
    if (radio) {
      choose(radio);
      const now = blockOf(radio).getBoundingClientRect().top;
      if (top !== undefined && Math.abs(now - top) > 1 && (now < 120 || now > window.innerHeight - 160)) {
        blockOf(radio).scrollIntoView({ block: "center" });
      }
      flash(blockOf(radio));
    }
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-step]")) {
      event.preventDefault();
      const button = event.submitter;
      send(button?.name ? { [button.name]: button.value } : { do: "move" }, event.target);
    }
  });

  // Dragging

  let dragged = null;
  const line = document.createElement("li");
  line.className = "drop-line";

  document.addEventListener("dragstart", (event) => {
    const grip = event.target.closest?.(".grip");
    if (!grip) {
      return;
    }
    dragged = grip.querySelector("input");
    choose(dragged, false);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", blockOf(dragged).querySelector(".words").textContent);
    event.dataTransfer.setDragImage(blockOf(dragged), 20, 20);
    document.body.classList.add("dragging");
  });

  function dropPlace(event) {
    const speech = event.target.closest?.("[data-speech]");
    const list = speech?.querySelector(".blocks");
    if (!list || (speech.matches(".speech") && !speech.matches(".item-pending"))) {
      return null;
    }
    const rows = [...list.querySelectorAll(":scope > .block")];
    const before = rows.find((row) => {
      const box = row.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    return { list, before: before || null, to: speech.dataset.speech };
  }

  document.addEventListener("dragover", (event) => {
    const place = dragged && dropPlace(event);
    if (!place) {
      return;
    }
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    if (line.parentNode !== place.list || line.nextElementSibling !== place.before) {
      place.list.insertBefore(line, place.before);
    }
  });

  document.addEventListener("drop", (event) => {
    const place = dragged && dropPlace(event);
    if (!place) {
      return;
    }
    event.preventDefault();
    const before = place.before?.dataset.key || "";
    if (place.before !== blockOf(dragged)) {
      send({ do: "move", to: place.to, before, block: dragged.value });
    }
  });

  document.addEventListener("dragend", () => {
    dragged = null;
    line.remove();
    document.body.classList.remove("dragging");
  });

  // Keys

  const typing = (element) => element.matches("input:not([type='radio'], [type='checkbox']), textarea, select, [contenteditable]");
  const press = (value) => document.querySelector(`#bench-tools [value="${value}"]`).click();

  function walk(step) {
    const all = radios();
    const at = all.indexOf(chosen());
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    if (next) {
      choose(next);
    }
  }

  const keys = {
    s: () => press("split"),
    m: () => press("join"),
    t: () => press("title"),
    b: () => press("byline"),
    x: () => press("aside"),
    e: () => openCut(),
    g: () => byId("to-number").focus(),
    o: () => lead(`#block-${blockOf(chosen()).dataset.key}`),
  };

  document.addEventListener("keydown", (event) => {
    if (event.target.id === "to-number" && event.key === "Enter") {
      event.preventDefault();
      press("move");
      return;
    }
    if (typing(event.target) || document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.isComposing) {
      return;
    }
    const key = event.key.toLowerCase();
    const here = event.target === document.body || event.target.closest(".bench, .aside, .bench-tools");
    let act = null;
    if (event.altKey) {
      act = chosen() && { arrowup: () => press("up"), arrowdown: () => press("down") }[key];
    } else if (event.key === "?") {
      act = () => byId("help").showModal();
    } else if (here) {
      const focused = event.target.matches("input[name='block']");
      const moves = { j: 1, k: -1, ...(focused ? { arrowdown: 1, arrowup: -1 } : {}) };
      if (key in moves) {
        act = () => walk(moves[key]);
      } else if (key === "u") {
        act = () => document.querySelector(".undo button:enabled")?.click();
      } else if (chosen()) {
        act = keys[key];
      }
    }
    if (act) {
      event.preventDefault();
      act();
    }
  });

  function openCut() {
    byId("cut-text").value = blockOf(chosen()).querySelector(".words").dataset.text;
    byId("cut").showModal();
  }

  document.addEventListener("change", (event) => {
    if (event.target.name === "block") {
      showChosen();
    }
  });

  // What the script alone can do is shown by the script.
  function wake() {
    byId("open-cut").hidden = byId("open-help").hidden = false;
    byId("open-cut").addEventListener("click", openCut);
    byId("open-help").addEventListener("click", () => byId("help").showModal());
    showChosen();
  }

  document.querySelectorAll("[data-close]").forEach((button) => {
    button.addEventListener("click", () => button.closest("dialog").close());
  });
  remember();
  wake();
  if (window.location.hash) {
    lead(window.location.hash);
  }
})();
