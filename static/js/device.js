// Keeping a meeting on this device, and sending the notes that waited. Without it: the PDF of the papers.
import { sendWaiting, waiting } from "./notes.js";

const panel = document.querySelector("[data-device]");
const unsent = document.querySelector("[data-unsent]");

// Ask the worker; `told` hears how far it is.
function ask(worker, sent, told = () => {}) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data.more ? told(data) : done(data));
    worker.postMessage(sent, [port2]);
  });
}

async function worker() {
  const found = await navigator.serviceWorker.getRegistration("/");
  return found?.active || null;
}

async function begin() {
  await navigator.serviceWorker.register("/worker.js", { scope: "/" });
  return (await navigator.serviceWorker.ready).active;
}

const part = (name) => panel.querySelector(`[data-device-${name}]`);
const say = (name, more = "") => {
  const state = part("state");
  state.textContent = name ? `${state.dataset[name]} ${more}`.trim() : "";
};

function day(iso) {
  return new Date(`${iso}T12:00`).toLocaleDateString(document.documentElement.lang === "cy" ? "cy-GB" : "en-GB", { day: "numeric", month: "long", year: "numeric" });
}

async function show() {
  const active = await worker();
  const { meetings = [] } = active ? await ask(active, { act: "state" }) : {};
  const mine = meetings.find((about) => about.meeting.id === Number(panel.dataset.meeting));
  part("keep").hidden = Boolean(mine);
  part("drop").hidden = !mine;
  if (part("restricted")) part("restricted").hidden = Boolean(mine);
  if (mine) say("kept", day(mine.until));
  return mine;
}

async function keep() {
  part("keep").disabled = true;
  say("begun");
  try {
    const restricted = part("restricted")?.querySelector("input").checked;
    const listing = panel.dataset.device + (restricted ? "?restricted=1" : "");
    const active = await begin();
    await navigator.storage?.persist?.();
    const found = await ask(active, { act: "keep", listing, person: panel.dataset.person }, ({ done, of }) => say("begun", `${done}/${of}`));
    const mine = await show();
    if (found.failed || !found.whole || !mine) say("failed");
  } catch {
    say("failed");
  }
  part("keep").disabled = false;
}

async function drop() {
  const active = await worker();
  if (active) await ask(active, { act: "drop", meeting: Number(panel.dataset.meeting) });
  await show();
  say("dropped");
  part("keep").focus();
}

if (panel && "serviceWorker" in navigator && window.isSecureContext) {
  part("plain").hidden = true;
  part("keep").addEventListener("click", keep);
  part("drop").addEventListener("click", drop);
  show();
}

// What waited on this device goes at the next opening of any page with this script.
if (unsent?.dataset.person) {
  const [clash] = await sendWaiting().catch(() => []);
  const left = (await waiting().catch(() => [])).filter((note) => note.person === unsent.dataset.person);
  if (clash) location.assign(clash.url);
  else if (left.length) unsent.textContent = `${unsent.dataset.unsent} (${left.length})`;
}
