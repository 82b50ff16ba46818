// The register on a shaky line: each mark is kept on this device, by the booking's number, until the portal has it.
const form = document.querySelector("form[data-register]");
const EVERY = 10000; // milliseconds between two tries
const KEY = `training-register-${form?.dataset.register}`;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // no storage, or nonsense in it: the form itself still works
  }
}

function keep(marks) {
  try {
    if (Object.keys(marks).length) localStorage.setItem(KEY, JSON.stringify(marks));
    else localStorage.removeItem(KEY);
  } catch {
    // no storage: the button saves
  }
}

function start() {
  const line = form.querySelector("[data-line]");
  const unmarked = form.querySelector("[data-unmarked]");
  let timer;
  let sending = false;

  const read = (row) => ({
    mark: row.querySelector("input[type=radio]:checked")?.value ?? "",
    part: row.querySelector("select").value,
  });

  function show(said) {
    const marks = kept();
    for (const row of form.querySelectorAll("[data-booking]")) row.toggleAttribute("data-waiting", row.dataset.booking in marks);
    line.textContent = said;
  }

  async function send() {
    clearTimeout(timer);
    const marks = kept();
    const numbers = Object.keys(marks);
    if (sending || !numbers.length) return;
    sending = true;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const number of numbers) {
      body.set(`booking-${number}`, marks[number].mark);
      body.set(`part-${number}`, marks[number].part);
    }
    try {
      const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" });
      const said = await answer.json();
      if (answer.status === 409 || answer.status === 422) {
        keep({});
        show(`${form.dataset.refused} ${said.refused}`);
      } else if (!answer.ok) {
        throw new Error(String(answer.status));
      } else {
        const now = kept();
        for (const number of numbers) if (JSON.stringify(now[number]) === JSON.stringify(marks[number])) delete now[number];
        keep(now);
        unmarked.textContent = said.unmarked;
        if (Object.keys(now).length) timer = setTimeout(send, 0);
        else show(form.dataset.sent);
      }
    } catch {
      show(form.dataset.kept.replace("%{count}", String(Object.keys(kept()).length)));
      timer = setTimeout(send, EVERY);
    } finally {
      sending = false;
    }
  }

  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-booking]");
    if (!row || !read(row).mark) return;
    keep({ ...kept(), [row.dataset.booking]: read(row) });
    show(""); // what the line said was about the marks before
    send();
  });
  window.addEventListener("online", send);

  // what an earlier visit could not send stands in the form again
  for (const [number, { mark, part }] of Object.entries(kept())) {
    const row = form.querySelector(`[data-booking="${CSS.escape(number)}"]`);
    const choice = row?.querySelector(`input[value="${CSS.escape(mark)}"]`);
    if (!choice) continue;
    choice.checked = true;
    row.querySelector("select").value = part;
  }
  send();
}

if (form) start();
