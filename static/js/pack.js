// The papers of a meeting: finds as one types, and tells when a PDF is ready. Without it: a button, and "Look again".
const form = document.querySelector("[data-find]");
const found = document.querySelector("[data-found]");
const input = form?.querySelector("input");
const PAUSE = 300; // milliseconds after the last letter
const EVERY = 2000; // milliseconds between two looks at a PDF
let timer = 0;
let asked = 0;

async function look() {
  const url = new URL(form.action, location.href);
  url.searchParams.set("q", input.value.trim());
  asked += 1;
  const mine = asked;
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceChildren(...page.querySelector("[data-found]").childNodes);
    history.replaceState(null, "", url);
  } catch {
    // no connection: the button of the form says so
  }
}

if (form && found) {
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look();
  });
}

// --- PDF: when it is ready, its place on the page is fetched anew and says so -----------------------
const section = document.querySelector("section:has(> #pdf)");

async function isReady() {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "application/json" } });
    if (answer.ok && !(await answer.json()).unfinished) {
      const fresh = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await fresh.text(), "text/html");
      section.replaceChildren(...page.querySelector("section:has(> #pdf)").childNodes);
      const said = section.querySelector("[data-ready]");
      if (said) said.textContent = said.dataset.ready;
      return;
    }
  } catch {
    // no connection: the next look may have one
  }
  setTimeout(isReady, EVERY);
}

if (section?.querySelector("[data-pack]")) setTimeout(isReady, EVERY);
