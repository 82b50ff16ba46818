// Keeps the page of an export up to date; without it, the page has a link to look again.
const box = document.querySelector("[data-export]");
const bar = box?.querySelector("progress");
const done = box?.querySelector("[data-done]");
const total = box?.querySelector("[data-total]");
const EVERY = 2000; // milliseconds

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) return;
    const state = await answer.json();
    if (!state.unfinished) {
      location.reload();
      return;
    }
    done.textContent = state.words.done;
    if (state.max !== null) {
      total.textContent = state.words.total;
      bar.max = state.max || 1;
      bar.value = state.done;
    }
  } catch {
    // no connection: the next look may have one
  }
  setTimeout(look, EVERY);
}

if (box) setTimeout(look, EVERY);
