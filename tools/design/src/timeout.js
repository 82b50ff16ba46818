// Before the session ends, a dialog offers to stay; what was typed is saved first where the form keeps drafts.
// <body data-session-seconds data-session-url>; the dialog #session-end is in the page, with its texts in the page's language.
const WARN = 5 * 60;

export function warnOfTimeout() {
  const dialog = document.getElementById("session-end");
  const seconds = Number(document.body.dataset.sessionSeconds);
  if (!dialog?.showModal || !seconds) return;
  let ends;
  let timer;
  const left = () => Math.max(0, Math.round((ends - Date.now()) / 1000));
  const tick = () => {
    if (left() > WARN) {
      if (dialog.open) dialog.close();
      timer = setTimeout(tick, Math.min(left() - WARN, 60) * 1000);
      return;
    }
    const saved = [];
    for (const form of document.querySelectorAll("form[data-draft]")) form.dispatchEvent(new CustomEvent("portal:save", { detail: saved }));
    if (!dialog.open) dialog.showModal();
  };
  const start = () => {
    ends = Date.now() + seconds * 1000;
    clearTimeout(timer);
    tick();
  };
  dialog.querySelector("[data-stay]")?.addEventListener("click", async () => {
    dialog.close();
    try {
      const answer = await fetch(document.body.dataset.sessionUrl, { method: "POST", body: new FormData(dialog.querySelector("form")), credentials: "same-origin", redirect: "error" });
      if (answer.ok) start();
    } catch {
      timer = setTimeout(tick, 30000);
    }
  });
  start();
}
