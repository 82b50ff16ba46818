// The day of a meeting on a shaky line: a form that could not be sent is kept on this device, whatever page is opened
// next, and sent in its order until the portal has it. What is sent twice stands once: the portal knows it again.
const EVERY = 8000; // milliseconds between two tries
const line = document.querySelector("[data-day-line]");
const KEY = `board-day-${line.dataset.person}`;
let timer;
let sending = false;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return []; // no storage, or nonsense in it
  }
}

function keep(rows) {
  if (rows.length) localStorage.setItem(KEY, JSON.stringify(rows));
  else localStorage.removeItem(KEY);
}

const drop = (id) => keep(kept().filter((row) => row.id !== id));

function say(name, more = "") {
  line.textContent = name ? `${line.dataset[name]} ${more}`.trim() : "";
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

// The portal asks for something: the browser sends the same form and shows the answer, with all that was typed.
function show(row) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = row.action;
  for (const [name, value] of [...row.pairs, ["csrfmiddlewaretoken", token()]]) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

async function post(row) {
  const body = new URLSearchParams([...row.pairs, ["csrfmiddlewaretoken", token()]]);
  const answer = await fetch(row.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual" });
  if (answer.status >= 500) throw new Error(String(answer.status));
  return answer;
}

// Sends what is kept, the oldest first; `mine`: what was pressed on this page, which leads on where the portal says.
async function send(mine = "") {
  clearTimeout(timer);
  if (sending) return;
  sending = true;
  let next = "";
  let late = false;
  try {
    for (let row = kept()[0]; row; row = kept()[0]) {
      const answer = await post(row);
      if (answer.type === "opaqueredirect") {
        say("out");
        return;
      }
      drop(row.id);
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
        show(row);
        return;
      }
      if (row.id === mine || row.page === location.pathname) next = (await answer.json()).next;
      else late = true;
    }
    if (next) location.assign(next);
    else if (late) say("sent");
  } catch {
    say("kept", String(kept().length));
    timer = setTimeout(() => send(mine), EVERY);
  } finally {
    sending = false;
  }
}

function watch(form) {
  form.addEventListener("submit", (event) => {
    const pairs = [...new FormData(form, event.submitter).entries()].filter(([name]) => name !== "csrfmiddlewaretoken");
    const action = new URL(form.action, location.href).pathname;
    const rows = kept();
    const same = rows.find((row) => row.action === action && JSON.stringify(row.pairs) === JSON.stringify(pairs));
    const row = same ?? { id: crypto.randomUUID(), action, pairs, page: location.pathname };
    try {
      keep(same ? rows : [...rows, row]);
    } catch {
      return; // nothing can be kept here: the browser sends the form
    }
    event.preventDefault();
    send(row.id);
  });
}

for (const form of document.querySelectorAll("form[data-day]")) watch(form);
window.addEventListener("online", () => send());
send();
