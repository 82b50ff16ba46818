// Signing out: says what has not been sent yet, and takes everything that was kept off this device.
import { forgetAll, waiting } from "./notes.js";

const unsent = document.querySelector("[data-unsent]");
const form = document.querySelector("[data-sign-out]");
const left = await waiting().catch(() => []);
const records = Object.keys(localStorage).filter((name) => name.startsWith("board-day-"));
const unrecorded = document.querySelector("[data-unsent-record]");
if (unsent && left.length) unsent.hidden = false;
if (unrecorded && records.length) unrecorded.hidden = false;

form?.addEventListener("submit", async (event) => {
  if (form.dataset.cleared) return;
  event.preventDefault();
  form.dataset.cleared = "yes";
  for (const name of await caches.keys()) if (name.startsWith("portal-kept-")) await caches.delete(name);
  await forgetAll().catch(() => {});
  for (const name of records) localStorage.removeItem(name);
  form.requestSubmit();
});
