// The worker on a reader's device. It keeps the meetings that a person asked for, in a cache of that person's own, and
// opens them where there is no connection. Everything else goes to the portal, and nothing of it is kept.
// `ADDRESSES` stands before this text: see board/views/device.py.
const KEPT = "portal-kept-"; // and the person's key: one cache for each person
const SHELL = "portal-shell"; // the pages without a connection, and the styles, scripts and fonts of what is kept
const ABOUT = "/worker/kept/"; // and the id of a meeting: what is known of a kept meeting stands beside its pages
const PATIENCE = 8000; // milliseconds: a line as slow as that is none, for a page that is kept
const PAUSE = 30000; // milliseconds between two contacts
const NOTES = "portal-notes"; // the notes that wait on the device: see notes.js
let contacted = 0;

self.addEventListener("install", (event) => event.waitUntil(shell().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(asset(event.request));
  else if (event.request.mode === "navigate") event.respondWith(opened(event));
});

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  const { act, ...sent } = event.data;
  const done = { keep, drop, state, forget }[act];
  if (!done || !port) return;
  const progress = (told) => port.postMessage({ ...told, more: true });
  event.waitUntil(
    done(sent, progress).then(
      (found) => port.postMessage(found),
      (error) => port.postMessage({ failed: error.name }),
    ),
  );
});

// --- Opening a page ---------------------------------------------------------------------------------
async function opened(event) {
  const kept = await find(event.request.url);
  try {
    const answer = await within(fetch(event.request), kept ? PATIENCE : 0);
    if (kept && answer.status >= 502) return kept.answer;
    event.waitUntil(seen(event.request.url, answer.clone(), kept));
    return answer;
  } catch {
    const language = new URL(event.request.url).pathname.startsWith("/cy") ? "cy" : "en";
    return kept?.answer || (await caches.match(ADDRESSES.offline[language], { ignoreVary: true })) || Response.error();
  }
}

function within(answer, patience) {
  if (!patience) return answer;
  return Promise.race([answer, new Promise((_done, failed) => setTimeout(failed, patience, new Error("slow")))]);
}

// The page, if it is kept and its time is not over.
async function find(address) {
  const url = new URL(address);
  for (const { cache, about } of await everything()) {
    if (!(url.pathname in about.pages)) continue;
    const answer = await cache.match(url.pathname, { ignoreVary: true });
    if (answer) return { answer, cache, about };
  }
  return null;
}

// The portal answered: copies of anybody else go, this page's copy is as new as the page, the others are looked after.
async function seen(address, answer, kept) {
  const person = answer.headers.get("Portal-Person");
  if (person) await others(person);
  const url = new URL(address);
  if (kept && answer.status === 200 && !answer.redirected && !url.search && person === kept.about.person) {
    await kept.cache.put(url.pathname, answer);
  }
  if (Date.now() - contacted < PAUSE && !answer.headers.has("Clear-Site-Data")) return;
  contacted = Date.now();
  await contact();
}

async function asset(request) {
  try {
    return await fetch(request);
  } catch {
    const found = await caches.match(request, { ignoreVary: true });
    return found || Response.error();
  }
}

// --- What is kept -------------------------------------------------------------------------------------
// Each kept meeting with its cache. What has had its time goes before anybody sees it.
async function everything() {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(KEPT)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!new URL(request.url).pathname.startsWith(ABOUT)) continue;
      const about = await (await cache.match(request)).json();
      if (about.until < new Date().toISOString().slice(0, 10)) await leave(cache, about);
      else found.push({ cache, about });
    }
  }
  return found;
}

function remember(cache, about) {
  return cache.put(ABOUT + about.meeting.id, new Response(JSON.stringify(about), { headers: { "Content-Type": "application/json" } }));
}

// A meeting leaves the device: its pages too, but those that another kept meeting has as well.
async function leave(cache, about) {
  await cache.delete(ABOUT + about.meeting.id);
  const shared = new Set();
  for (const request of await cache.keys()) {
    if (!new URL(request.url).pathname.startsWith(ABOUT)) continue;
    for (const url of Object.keys((await (await cache.match(request)).json()).pages)) shared.add(url);
  }
  for (const url of Object.keys(about.pages)) if (!shared.has(url)) await cache.delete(url);
}

// Another person is signed in: nothing of anybody else stays, nor what they wrote and did not send.
async function others(person) {
  let gone = false;
  for (const name of await caches.keys()) {
    if (name.startsWith(KEPT) && name !== KEPT + person) gone = (await caches.delete(name)) || gone;
  }
  if (gone) indexedDB.deleteDatabase(NOTES);
}

async function forget() {
  for (const name of await caches.keys()) if (name.startsWith(KEPT)) await caches.delete(name);
  indexedDB.deleteDatabase(NOTES);
  return {};
}

// --- Contact with the portal --------------------------------------------------------------------------
async function listing(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store" });
  if (answer.status === 404 || answer.status === 403) return { gone: true };
  return answer.ok ? answer.json() : { closed: true };
}

// What changed is fetched anew, what one may read no more goes; with no session, at least what was withdrawn goes.
async function contact() {
  for (const { cache, about } of await everything()) {
    const found = await listing(about.listing);
    if (found.gone) await leave(cache, about);
    else if (found.closed) await withdraw(cache, about);
    else if (found.person !== about.person) await others(found.person);
    else await renew(cache, about, found);
  }
}

// Where a paper of a meeting was, all its copies go, for each of them may name it: they come back with a session.
async function withdraw(cache, about) {
  const answer = await fetch(ADDRESSES.withdrawn, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) return;
  const { withdrawn } = await answer.json();
  if (!Object.values(about.pages).some(({ sha256 }) => withdrawn.includes(sha256))) return;
  for (const url of Object.keys(about.pages)) await cache.delete(url);
  await remember(cache, { ...about, pages: {} });
}

// The copies as the portal lists them now. A page that cannot be fetched stays as it was and is asked for again.
async function renew(cache, about, found, progress = () => {}) {
  const wanted = new Set(found.pages.map((page) => page.url));
  for (const url of Object.keys(about.pages)) {
    if (wanted.has(url)) continue;
    await cache.delete(url);
    delete about.pages[url];
  }
  let done = 0;
  let fetched = 0;
  for (const page of found.pages) {
    const known = about.pages[page.url];
    if (known && known.sha256 !== page.sha256) await cache.delete(page.url);
    if (!known || known.key !== page.key || !(await cache.match(page.url, { ignoreVary: true }))) {
      fetched += await take(cache, page.url, about.person).then((taken) => {
        if (taken) about.pages[page.url] = { key: page.key, sha256: page.sha256 };
        return Number(taken);
      });
    }
    done += 1;
    progress({ done, of: found.pages.length });
  }
  Object.assign(about, { until: found.until, meeting: found.meeting });
  await remember(cache, about);
  if (fetched) await shell();
  return found.pages.every((page) => page.url in about.pages);
}

// One page of this person, with all that it is drawn with.
async function take(cache, url, person) {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, redirect: "manual", cache: "no-store" });
  if (answer.status !== 200 || answer.headers.get("Portal-Person") !== person) return false;
  const copy = answer.clone();
  await drawn(await answer.text(), url);
  await cache.put(url, copy);
  return true;
}

const PARTS = [/(?:href|src)="(\/static\/[^"]+)"/g, /url\(["']?([^"')]+)["']?\)/g, /(?:from|import)\s*["'](\.[^"']+)["']/g];

// The styles, scripts and fonts that a text names, and those that they name in turn.
async function drawn(text, base) {
  const cache = await caches.open(SHELL);
  for (const part of PARTS) {
    for (const [, name] of text.matchAll(part)) {
      const url = new URL(name, new URL(base, location.origin));
      url.hash = "";
      if (!url.pathname.startsWith("/static/") || (await cache.match(url))) continue;
      const answer = await fetch(url).catch(() => null);
      if (!answer?.ok) continue;
      await cache.put(url, answer.clone());
      if (/\.(css|js)$/.test(url.pathname)) await drawn(await answer.text(), url);
    }
  }
}

// The pages without a connection: the same for everybody.
async function shell() {
  const cache = await caches.open(SHELL);
  for (const url of Object.values(ADDRESSES.offline)) {
    const answer = await fetch(url, { credentials: "omit", cache: "no-store" });
    if (!answer.ok) continue;
    await cache.put(url, answer.clone());
    await drawn(await answer.text(), url);
  }
}

// --- What a page may ask --------------------------------------------------------------------------------
async function keep({ listing: address, person }, progress) {
  const found = await listing(address);
  if (found.gone || found.closed || found.person !== person) return { failed: "closed" };
  await others(person);
  const cache = await caches.open(KEPT + person);
  const known = (await everything()).find(({ about }) => about.meeting.id === found.meeting.id);
  const about = { ...(known?.about || { pages: {} }), person, listing: address };
  const whole = await renew(cache, about, found, progress);
  return { kept: true, whole, until: found.until };
}

async function drop({ meeting }) {
  for (const { cache, about } of await everything()) if (about.meeting.id === meeting) await leave(cache, about);
  return { kept: false };
}

async function state() {
  return { meetings: (await everything()).map(({ about }) => about) };
}
