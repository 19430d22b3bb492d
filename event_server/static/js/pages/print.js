/** The print button: it shows only where a script can print. What is folded away on the screen unfolds on paper. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const folded = [...document.querySelectorAll("details[data-open-in-print]")];
let wasOpen = [];
addEventListener("beforeprint", () => {
  wasOpen = folded.map((fold) => fold.open);
  folded.forEach((fold) => (fold.open = true));
});
addEventListener("afterprint", () => folded.forEach((fold, i) => (fold.open = wasOpen[i])));
