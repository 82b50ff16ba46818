// A form with data-draft="<address>" saves what was typed a moment after the last key, and says so politely.
// Texts (data-saved-text with %{time}, data-saving-text, data-failed-text) come from the page, in its language.
const PAUSE = 1500;

function status(form) {
  const line = form.querySelector("[data-saved]") ?? document.createElement("p");
  if (!line.isConnected) {
    line.className = "govuk-body portal-saved";
    line.setAttribute("data-saved", "");
    form.append(line);
  }
  line.setAttribute("role", "status");
  return line;
}

function typed(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString();
}

function keep(form) {
  const line = status(form);
  let timer;
  let sent = typed(form);
  const save = async () => {
    clearTimeout(timer);
    const body = new FormData(form);
    const now = typed(form);
    if (now === sent) return true;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      sent = now;
      const time = new Date().toLocaleTimeString("en-GB");
      line.textContent = (form.dataset.savedText ?? "%{time}").replace("%{time}", time);
      return true;
    } catch {
      line.textContent = form.dataset.failedText ?? "";
      timer = setTimeout(save, 10 * PAUSE);
      return false;
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  form.addEventListener("submit", () => { // what is sent is no draft any more: leaving the page must not write it again after it is saved
    clearTimeout(timer);
    sent = typed(form);
  });
  form.addEventListener("portal:save", (event) => event.detail.push(save()));
}

export function keepDrafts() {
  for (const form of document.querySelectorAll('form[data-draft]:not([data-draft=""])')) keep(form);
}
