// The Paste page: a file can be dropped anywhere, and the form says that it is being read.
(() => {
  "use strict";
  const form = document.querySelector("form.paste");
  const file = form.querySelector("[type=file]"), text = form.querySelector("textarea"), reading = document.getElementById("reading");
  const holds = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => { if (holds(event)) { event.preventDefault(); form.classList.add("over"); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!holds(event)) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    reading.textContent = file.files.length ? `${file.files[0].name} is chosen.` : "";
  });
  text.addEventListener("input", () => { if (text.value) file.value = ""; });
  form.addEventListener("submit", () => {
    form.querySelector("button.main").disabled = true;
    reading.textContent = "Reading … the first report takes some seconds longer, while the language model is loaded.";
  });
  window.addEventListener("pageshow", () => { form.querySelector("button.main").disabled = false; reading.textContent = ""; });
})();
