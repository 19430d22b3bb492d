/** Shows the question one writes as a phone shows it: the line with the caret, with a word where the tag will stand. */
const preview = document.querySelector("[data-preview]");

function show({ target }) {
  if (!target.matches("textarea[data-sample]")) return;
  const before = target.value.slice(0, target.selectionStart).split("\n").length - 1;
  const line = target.value.split("\n")[before].trim();
  if (line) preview.textContent = line.replaceAll("{tag}", () => target.dataset.sample || "{tag}");
}

["input", "focusin", "click", "keyup"].forEach((type) => document.getElementById("questions").addEventListener(type, show));
