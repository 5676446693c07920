// Typed text is kept in this browser until the server has it: for one person, one draft and the
// version that was opened. After a crash the form offers what was kept.
"use strict";

document.querySelectorAll("[data-autosave]").forEach((notice) => {
  const PREFIX = "kept-draft:";
  const PAUSE = 800; // milliseconds after the last key
  const LONGEST = 14 * 24 * 3600 * 1000; // milliseconds for which a text is kept
  const form = notice.closest("form");
  const version = form.elements.lock_version;
  const opened = version.value || "0";
  const name = `${PREFIX}${notice.dataset.autosave}:`;
  const editors = () => Object.values(window.CKEDITOR ? window.CKEDITOR.instances : {});
  const fields = () => [...form.elements].filter((field) => (
    field.name && !field.disabled && !["file", "hidden", "submit", "button"].includes(field.type)
    && !field.name.includes("__prefix__")
  ));

  const valueOf = (field) => {
    const editor = editors().find((one) => one.name === field.id);
    if (editor) {
      return editor.getData();
    }
    return ["checkbox", "radio"].includes(field.type) ? String(field.checked) : field.value;
  };
  const state = (which = fields()) => Object.fromEntries(which.map((field) => [
    field.type === "radio" ? `${field.name}=${field.value}` : field.name,
    [valueOf(field), field.tagName === "SELECT" ? field.selectedOptions[0]?.text ?? "" : ""],
  ]));
  const words = (told) => JSON.stringify(told, (_key, value) => (
    typeof value === "string" ? value.replace(/ id="p[0-9]+"/g, "").replace(/\s+/g, " ").trim() : value
  ));

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const forget = (test) => Object.keys(localStorage).filter(test)
    .forEach((key) => localStorage.removeItem(key));

  const saved = document.cookie.split("; ").find((part) => part.startsWith("saved_draft="));
  if (saved) {
    const [, row] = saved.split("=");
    const [person] = notice.dataset.autosave.split("-");
    forget((key) => key.startsWith(`${PREFIX}${person}-${row}:`));
    document.cookie = "saved_draft=; Max-Age=0; Path=/admin/; SameSite=Lax";
  }
  forget((key) => key.startsWith(PREFIX) && !(Date.now() - (read(key)?.at ?? 0) < LONGEST));

  const early = state(fields().filter((field) => field.dataset.type !== "ckeditortype"));
  let initial = "";
  let timer = 0;

  const keep = () => {
    window.clearTimeout(timer);
    const told = state();
    if (!initial || words(told) === initial) {
      return;
    }
    try {
      localStorage.setItem(name + version.value, JSON.stringify({ at: Date.now(), fields: told }));
    } catch {
      // The browser has no room or allows none: the text stays in the form as ever.
    }
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE);
  };

  const put = (field, [value, label]) => {
    const editor = editors().find((one) => one.name === field.id);
    if (editor) {
      editor.setData(value);
    } else if (["checkbox", "radio"].includes(field.type)) {
      field.checked = value === "true";
    } else {
      if (field.tagName === "SELECT" && ![...field.options].some((one) => one.value === value)) {
        field.add(new Option(label, value));
      }
      field.value = value;
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const addRows = (told) => {
    form.querySelectorAll("[name$=-TOTAL_FORMS]").forEach((total) => {
      const prefix = total.name.replace("TOTAL_FORMS", "");
      const wanted = Object.keys(told)
        .filter((key) => key.startsWith(prefix))
        .map((key) => Number(key.slice(prefix.length).split("-")[0]) + 1);
      const more = form.querySelector(`#${prefix}group .add-row a`);
      while (more && Number(total.value) < Math.max(0, ...wanted)) {
        more.click();
      }
    });
  };
  const take = (key) => {
    const { fields: told } = read(key);
    addRows(told);
    fields().forEach((field) => {
      const kept = told[field.type === "radio" ? `${field.name}=${field.value}` : field.name];
      if (kept) {
        put(field, kept);
      }
    });
    version.value = key.slice(name.length);
  };

  const offer = () => {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(name));
    const newest = keys.sort((a, b) => read(b).at - read(a).at)[0];
    if (!newest) {
      return;
    }
    const { at, fields: told } = read(newest);
    if (words({ ...state(), ...told }) === words(state())) {
      localStorage.removeItem(newest);
      return;
    }
    notice.querySelector("[data-kept-at]").textContent = new Date(at).toLocaleString("zh-CN");
    notice.querySelector("[data-kept-older]").hidden = newest === name + opened;
    notice.querySelector("[data-kept-take]").addEventListener("click", () => {
      take(newest);
      notice.hidden = true;
    });
    notice.querySelector("[data-kept-drop]").addEventListener("click", () => {
      localStorage.removeItem(newest);
      notice.hidden = true;
    });
    notice.hidden = false;
  };

  const begin = () => {
    if (initial) {
      return;
    }
    initial = words({ ...state(), ...early });
    if (!form.querySelector(".errornote")) {
      offer();
    }
    soon();
    editors().forEach((editor) => editor.on("change", soon));
    window.addEventListener("pagehide", keep);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  const waiting = editors().filter((editor) => editor.status !== "ready");
  if (window.CKEDITOR && (waiting.length || !editors().length)) {
    let left = waiting.length || 1;
    window.setTimeout(begin, 5000); // an editor that never gets ready keeps nothing from being kept
    window.CKEDITOR.on("instanceReady", () => { left -= 1; if (left === 0) { begin(); } });
  } else {
    begin();
  }
});
