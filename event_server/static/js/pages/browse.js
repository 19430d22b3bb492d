/** Looking through the list: themes to choose from, and the words of one as buttons. */
import { t } from "../i18n.js";
import { element } from "./elements.js";
import { isSame } from "./words.js";

/** The fold below a field of chips; its words are drawn when it opens. */
export function browse(field, known, id) {
  const themes = [...new Set(known.map(({ theme }) => theme))];
  const select = element("select", { className: "input", id: `${id}-theme` });
  select.append(...themes.map((theme) => element("option", {}, theme)));
  select.setAttribute("aria-label", t("Theme"));
  const buttons = element("div", { className: "browse-words" });
  const draw = () => {
    const own = known.filter(({ name, theme }) => theme === select.value && !field.words.some((w) => isSame(w, name)));
    buttons.replaceChildren(...own.map(({ name }) => button(field, name)));
  };
  select.addEventListener("change", draw);
  const fold = element("details", { className: "browse" }, element("summary", {}, t("Look through the list")), select, buttons);
  fold.addEventListener("toggle", () => fold.open && draw());
  return fold;
}

function button(field, name) {
  const made = element("button", { type: "button" }, name);
  made.addEventListener("click", () => {
    field.add(name);
    if (!field.words.some((word) => isSame(word, name))) return;
    (made.nextElementSibling ?? made.previousElementSibling)?.focus();
    made.remove();
  });
  return made;
}
