// Shows how much of a file is sent. Without it the form is sent as any other.
const form = document.querySelector("form[data-upload]");
const step = 10; // percent between two spoken words

function show(message) {
  const place = form.querySelector("[data-upload-error]");
  place.textContent = message;
  place.hidden = !message;
}

function send() {
  const request = new XMLHttpRequest();
  const box = form.querySelector("[data-upload-progress]");
  const bar = box.querySelector("progress");
  const words = box.querySelector("span");
  const buttons = form.querySelectorAll("button");
  let said = -step;
  const end = (message) => {
    buttons.forEach((button) => { button.disabled = false; });
    box.hidden = true;
    show(message);
  };
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((event.loaded / event.total) * 100);
    bar.value = percent;
    if (percent === 100) words.textContent = form.dataset.uploadWait;
    else if (percent >= said + step) {
      said = percent;
      words.textContent = `${form.dataset.uploadPart} ${percent}%`;
    }
  });
  request.addEventListener("load", () => {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { answer = {}; }
    if (answer.url) window.location.assign(answer.url);
    else end((answer.errors || [form.dataset.uploadLost]).join(" "));
  });
  request.addEventListener("error", () => end(form.dataset.uploadLost));
  request.addEventListener("abort", () => end(form.dataset.uploadLost));
  request.open("POST", form.action || window.location.href);
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
  buttons.forEach((button) => { button.disabled = true; });
  show("");
  box.hidden = false;
}

form?.addEventListener("submit", (event) => {
  if (!form.querySelector("input[type=file]")?.files.length) return;
  event.preventDefault();
  send();
});
