// The weekly screen by keyboard: Tab into a text selects it, so that typing replaces it; Ctrl with Enter publishes the project.
const form = document.querySelector("form.weekly");

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const button = event.target.closest(".weekly__project")?.querySelector("[data-publish]");
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});

let tabbed = false;
form?.addEventListener("keydown", (event) => { tabbed = event.key === "Tab"; }, true);
form?.addEventListener("pointerdown", () => { tabbed = false; }, true);
form?.addEventListener("focusin", (event) => {
  if (tabbed && event.target instanceof HTMLTextAreaElement) event.target.select();
});
