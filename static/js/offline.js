// No connection: the meetings that are kept on this device, each with a link to its papers.
const list = document.querySelector("[data-kept-list]");
const language = document.documentElement.lang;

async function kept() {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith("portal-kept-")) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (new URL(request.url).pathname.startsWith("/worker/kept/")) found.push(await (await cache.match(request)).json());
    }
  }
  const today = new Date().toISOString().slice(0, 10);
  return found.filter((about) => about.until >= today);
}

const meetings = await kept();
for (const { meeting } of meetings) {
  const link = document.createElement("a");
  link.className = "govuk-link portal-target";
  link.href = meeting.url[language];
  link.textContent = meeting.title[language];
  const item = document.createElement("li");
  item.append(link);
  list.append(item);
}
document.querySelector("[data-kept-none]").hidden = meetings.length > 0;
