// Notes that wait on this device until there is a connection: kept in IndexedDB, sent at the next opening.
const NAME = "portal-notes";
const STORE = "waiting";

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within(mode, act) {
  const base = await open();
  return new Promise((done, failed) => {
    const work = base.transaction(STORE, mode);
    const asked = act(work.objectStore(STORE));
    work.oncomplete = () => {
      base.close();
      done(asked?.result);
    };
    work.onerror = () => failed(work.error);
  });
}

export function waiting() {
  return within("readonly", (store) => store.getAll());
}

export function forget(note) {
  return within("readwrite", (store) => store.delete(idOf(note)));
}

export function forgetAll() {
  return within("readwrite", (store) => store.clear());
}

function idOf(note) {
  return `${note.person || person()} ${note.uid}`;
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

async function post(note, secret) {
  const body = new FormData();
  for (const name of ["text", "quote", "version", "at"]) if (note[name]) body.set(name, note[name]);
  if (note.marked) body.set("marked", "on");
  body.set("csrfmiddlewaretoken", secret);
  return fetch(note.url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
}

// Send one note now; with no connection, or with no session, it waits on this device.
export async function send(note) {
  try {
    const answer = await post(note, token());
    if (answer.status === 422) return { refused: true };
    if (answer.ok) {
      await forget(note);
      return await answer.json();
    }
  } catch {
    // no connection: it waits
  }
  await within("readwrite", (store) => store.put({ ...note, id: idOf(note), at: new Date().toISOString(), person: person() }));
  return { waiting: true };
}

export function person() {
  return document.querySelector("[data-person]")?.dataset.person || "";
}

// Send what waits, of this person alone; gives the notes that clashed. `secret`: a fresh token where the page is old.
export async function sendWaiting(secret = token()) {
  const clashed = [];
  for (const note of await waiting()) {
    if (note.person !== person()) continue;
    const answer = await post(note, secret).catch(() => null);
    if (!answer?.ok) continue;
    const found = await answer.json();
    await forget(note);
    if (found.clashed) clashed.push(note);
  }
  return clashed;
}
