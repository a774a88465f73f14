// Keys and the living preview. Everything works without this file.
"use strict";
(() => {
  const OFF = "newsdesk-keys-off";
  const remembered = () => { try { return localStorage.getItem(OFF) === "yes"; } catch { return false; } };
  const remember = (off) => { try { localStorage.setItem(OFF, off ? "yes" : "no"); } catch { /* private browsing: the switch then lasts for this page */ } };
  let keysOff = remembered();

  const keysDialog = document.getElementById("keys");
  const keysSwitch = document.getElementById("keys-off");
  if (keysSwitch) {
    keysSwitch.checked = keysOff;
    keysSwitch.addEventListener("change", () => { keysOff = keysSwitch.checked; remember(keysOff); });
  }
  const toggleKeys = () => { if (keysDialog.open) { keysDialog.close(); } else { keysDialog.showModal(); } };

  const find = (key) => document.querySelector(`[data-key="${key}"]`);
  const goTo = (element) => {
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  };
  const step = (by) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (!rows.length) {
      const link = find(by > 0 ? "j" : "k");
      if (link) { link.click(); }
      return;
    }
    const at = rows.indexOf(document.activeElement);
    goTo(rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)]);
  };
  const doing = {
    j: () => step(1),
    k: () => step(-1),
    u: () => { const button = find("u"); if (button) { button.click(); } },
    "?": toggleKeys,
  };
  const isTyping = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select") || element.isContentEditable;

  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (isTyping(at)) {
      if (event.key === "Escape") { at.blur(); }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at.id === "report") {
        event.preventDefault();
        document.getElementById("accept").click();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || keysOff || (keysDialog && keysDialog.open && event.key !== "?")) { return; }
    if (doing[event.key]) {
      event.preventDefault();
      doing[event.key]();
    } else if (["a", "r", "h", "/"].includes(event.key)) {
      const target = find(event.key);
      if (target) { event.preventDefault(); goTo(target); }
    }
  });

  const help = document.querySelector('a[data-key="?"]');
  if (help && keysDialog) {
    keysDialog.addEventListener("click", (event) => { if (event.target === keysDialog) { keysDialog.close(); } });
  }

  const form = document.querySelector("form[data-preview]");
  if (!form) { return; }
  const printed = document.getElementById("printed");
  document.getElementById("preview").hidden = true;
  let waiting = 0;
  let asked = 0;
  const preview = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      });
      if (!answer.ok) { throw new Error(`answer ${answer.status}`); }
      const told = await answer.json();
      if (mine === asked) { printed.textContent = told.printed; }
    } catch {
      if (mine === asked) { printed.textContent = "The preview cannot be had just now; the entry will be shown after you accept."; }
    }
  };
  form.addEventListener("input", (event) => {
    if (!["report", "article", "section", "edition"].includes(event.target.name)) { return; }
    clearTimeout(waiting);
    waiting = setTimeout(preview, 250);
  });

  // Enter in a one-line field would press the first button of the form, which is the preview: do nothing instead.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=radio], [type=checkbox])")) { event.preventDefault(); }
  });
})();
