// The day of a meeting on a shaky line: a form that could not be sent is kept on this device and sent until it arrives.
// What is sent twice stands once: the portal knows a second sending of the same record.
const EVERY = 8000; // milliseconds between two tries

function key(form) {
  return `board-day:${form.getAttribute("action") || location.pathname}`;
}

function remember(form, pairs) {
  try {
    if (pairs) sessionStorage.setItem(key(form), JSON.stringify(pairs));
    else sessionStorage.removeItem(key(form));
  } catch {
    // no storage: the page itself still holds what was typed
  }
}

function watch(form) {
  const line = form.querySelector("[data-line]");
  let timer;
  let sending = false;

  async function send(pairs) {
    clearTimeout(timer);
    if (sending) return;
    sending = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(pairs), credentials: "same-origin", redirect: "manual" });
      if (answer.status >= 500) throw new Error(String(answer.status));
      remember(form, null);
      if (answer.type === "opaqueredirect") location.assign(form.dataset.next || location.href);
      else form.submit(); // the portal asks for something: the browser shows its answer
    } catch {
      remember(form, pairs);
      if (line) line.textContent = form.dataset.kept;
      timer = setTimeout(() => send(pairs), EVERY);
    } finally {
      sending = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send([...new FormData(form, event.submitter).entries()]);
  });
  window.addEventListener("online", () => {
    const waiting = read(form);
    if (waiting) send(waiting);
  });
  const waiting = read(form);
  if (waiting) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    send(waiting.map(([name, value]) => [name, name === "csrfmiddlewaretoken" ? token : value]));
  }
}

function read(form) {
  try {
    return JSON.parse(sessionStorage.getItem(key(form)));
  } catch {
    return null;
  }
}

for (const form of document.querySelectorAll("form[data-day]")) watch(form);
