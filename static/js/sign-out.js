// Signing out: says which notes have not been sent yet, and takes everything that was kept off this device.
import { forgetAll, waiting } from "./notes.js";

const unsent = document.querySelector("[data-unsent]");
const form = document.querySelector("[data-sign-out]");
const left = await waiting().catch(() => []);
if (unsent && left.length) unsent.hidden = false;

form?.addEventListener("submit", async (event) => {
  if (form.dataset.cleared) return;
  event.preventDefault();
  form.dataset.cleared = "yes";
  for (const name of await caches.keys()) if (name.startsWith("portal-kept-")) await caches.delete(name);
  await forgetAll().catch(() => {});
  form.requestSubmit();
});
