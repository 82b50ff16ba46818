// Similar bids while the problem is typed: what is typed is asked for after a pause, and the list is put in place.
// Without script the list on the page is that of the saved text.
const PAUSE = 700; // ms after the last key

for (const region of document.querySelectorAll("[data-similar]")) {
  const field = document.getElementById(region.dataset.similarField);
  const list = region.querySelector("[data-similar-list]");
  const said = region.querySelector("[data-similar-said]");
  if (!field?.form || !list || !said) continue;
  let timer, asked = field.value, running;

  const look = async () => {
    if (field.value === asked) return;
    asked = field.value;
    running?.abort();
    running = new AbortController();
    try {
      const body = new FormData();
      body.set("text", asked);
      body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
      const answer = await fetch(region.dataset.similar, { method: "POST", body, credentials: "same-origin", redirect: "error", signal: running.signal });
      if (!answer.ok) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...found.body.childNodes);
      const count = list.querySelector("[data-similar-count]")?.textContent ?? "";
      if (said.textContent !== count) said.textContent = count;
    } catch { /* the list stays as it is; typing goes on */ }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}
