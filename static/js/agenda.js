// Items of an agenda dragged to their place; the buttons do the same without script. The order is kept by its own button.
const form = document.querySelector("form[data-agenda]");
const items = () => [...(form?.querySelectorAll("[data-item]") ?? [])];
let dragged = null;

function below(y) {
  return items().find((item) => {
    const box = item.getBoundingClientRect();
    return item !== dragged && y < box.top + box.height / 2;
  });
}

if (items().length > 1) {
  form.querySelector("[data-agenda-hint]").hidden = false;
  for (const item of items()) item.draggable = true;
}

form?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-item]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  dragged.classList.add("is-dragged");
});

form?.addEventListener("dragover", (event) => {
  if (!dragged) return;
  event.preventDefault();
  const next = below(event.clientY);
  if (next) next.before(dragged);
  else dragged.parentElement.append(dragged);
});

form?.addEventListener("drop", (event) => { if (dragged) event.preventDefault(); });

form?.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  items().forEach((item, index) => { item.querySelector(".board-agenda__number").textContent = index + 1; });
  form.querySelector("[data-agenda-save]").hidden = false;
});
