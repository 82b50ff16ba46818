// Reading a paper: where I stopped, notes without leaving the page, keys. Without it, buttons and pages do the same.
import { send, sendWaiting, waiting } from "./notes.js";

const paper = document.querySelector("[data-paper]");
const blocks = [...paper.querySelectorAll(".board-block, .board-table")];
const stop = document.querySelector("[data-stop]");
const unsent = document.querySelector("[data-unsent]");

// --- Where I stopped: told when the page is left, once it was scrolled -----------------------------
let told = "";
function topmost() {
  return blocks.find((block) => block.getBoundingClientRect().bottom > 80);
}
function tell() {
  const uid = topmost()?.querySelector("[data-tools]")?.dataset.tools;
  if (document.visibilityState !== "hidden" || window.scrollY < 200 || !uid || uid === told) return;
  told = uid;
  const body = new FormData(stop);
  body.set("uid", uid);
  fetch(stop.action, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } }).catch(() => {});
}
if (stop) document.addEventListener("visibilitychange", tell);

// --- Notes ----------------------------------------------------------------------------------------
const template = document.querySelector("[data-note-form]");

function write(block, url) {
  const old = block.querySelector(".board-note--new");
  if (old) {
    old.querySelector("textarea").focus();
    return;
  }
  const shown = block.querySelector("[data-note-of]");
  const form = template.content.firstElementChild.cloneNode(true);
  const selected = String(window.getSelection()).replace(/\s+/g, " ").trim();
  const inside = selected && block.textContent.replace(/\s+/g, " ").includes(selected);
  const quote = inside ? selected : shown?.dataset.quote || "";
  for (const one of form.querySelectorAll("[id]")) one.id += `-${block.id}`;
  for (const one of form.querySelectorAll("[for]")) one.htmlFor += `-${block.id}`;
  form.querySelector("textarea").setAttribute("aria-describedby", `note-hint-${block.id}`);
  form.elements.text.value = shown?.dataset.text || "";
  form.elements.version.value = shown?.dataset.version || "0";
  form.elements.quote.value = quote;
  form.elements.marked.checked = Boolean(quote) || Boolean(shown && "marked" in shown.dataset);
  form.querySelector("[data-quote]").textContent = quote ? `“${quote}”` : "";
  form.querySelector("[data-cancel]").addEventListener("click", () => {
    form.remove();
    block.querySelector("summary")?.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await keep(form, block, url);
  });
  block.append(form);
  form.querySelector("textarea").focus();
}

async function keep(form, block, url) {
  const state = form.querySelector("[data-state]");
  const note = Object.fromEntries(new FormData(form));
  const found = await send({ url, page: location.pathname, uid: block.querySelector("[data-tools]").dataset.tools, ...note });
  if (found.waiting) {
    state.textContent = state.dataset.waiting;
    count();
  } else if (found.refused) {
    state.textContent = state.dataset.refused;
  } else if (found.clashed) {
    location.assign(url);
  } else {
    block.querySelector("[data-note-of]")?.remove();
    block.insertAdjacentHTML("beforeend", found.html);
    form.remove();
    block.querySelector("summary")?.focus();
  }
}

async function count() {
  const all = await waiting();
  const here = all.filter((note) => note.page === location.pathname);
  if (unsent) unsent.textContent = here.length ? `${template.content.querySelector("[data-state]").dataset.waiting} (${here.length})` : "";
  for (const note of here) {
    const tools = paper.querySelector(`[data-tools="${CSS.escape(note.uid)}"]`);
    const block = tools?.closest(".board-block, .board-table");
    if (!block || block.querySelector(".board-note--new")) continue;
    write(block, note.url);
    const form = block.querySelector(".board-note--new");
    form.elements.text.value = note.text;
    form.elements.marked.checked = Boolean(note.marked);
    form.querySelector("[data-state]").textContent = form.querySelector("[data-state]").dataset.waiting;
  }
}

// What waited on this device goes at the next opening, before anything is typed.
async function flush() {
  const before = (await waiting()).length;
  const [clash] = before ? await sendWaiting() : [];
  if (clash) location.assign(clash.url);
  else if ((await waiting()).length < before) location.reload();
  else count();
}

if (template) {
  paper.addEventListener("click", (event) => {
    const link = event.target.closest("[data-note]");
    if (!link) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    write(link.closest(".board-block, .board-table"), link.getAttribute("href"));
  });
  flush();
}

// --- Keys: off until somebody switches them on (WCAG 2.1.4) -----------------------------------------
const keys = document.querySelector("[data-keys]");
const button = document.querySelector("[data-keys-on]");
const KEYS = "portal-reading-keys";
let on = localStorage.getItem(KEYS) === "on";
let here = -1;

function go(step) {
  if (here < 0) here = blocks.indexOf(topmost()) - (step > 0 ? 1 : 0);
  here = Math.max(0, Math.min(blocks.length - 1, here + step));
  document.querySelector(".board-here")?.classList.remove("board-here");
  const block = blocks[here];
  block.classList.add("board-here");
  block.scrollIntoView({ block: "start" });
  block.querySelector("a")?.focus({ preventScroll: true });
}

const DO = {
  j: () => go(1),
  k: () => go(-1),
  n: () => blocks[Math.max(0, here)].querySelector("[data-note]")?.click(),
  "[": () => document.querySelector("a[rel=prev]")?.click(),
  "]": () => document.querySelector("a[rel=next]")?.click(),
};

function show() {
  button.setAttribute("aria-pressed", String(on));
}

if (keys) {
  keys.hidden = false;
  show();
  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(KEYS, on ? "on" : "off");
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = DO[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
