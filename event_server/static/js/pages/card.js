/** One's own card: fields of words become chips with suggestions. Without scripts, commas part the words. */
import { t } from "../i18n.js";
import { browse } from "./browse.js";
import { ChipField } from "./chip_field.js";
import { watchPresses } from "./elements.js";
import "./ticks.js";
import { wordsOf } from "./words.js";

const ICONS = document.querySelector(".icon use").getAttribute("href").replace(/#.*/, "");
const SVG = "http://www.w3.org/2000/svg";

function icon(name) {
  const [drawing, use] = [document.createElementNS(SVG, "svg"), document.createElementNS(SVG, "use")];
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${ICONS}#${name}`);
  drawing.append(use);
  return drawing;
}

/** Makes chips of one field; returns the field of words that matter most, which the stars take the place of. */
function makeChips(box) {
  const input = box.querySelector("input");
  const stars = box.dataset.marks && document.getElementById(box.dataset.marks);
  const isCurated = input.getAttribute("list") === "tag-words";
  const known = wordsOf(document.getElementById(input.getAttribute("list")).options);
  const field = new ChipField(input, { known, icon, stars });
  const hint = stars && document.getElementById(`${input.id}-hint`);
  if (hint) hint.textContent = t("A comma ends a word. The star marks those that matter most.");
  if (isCurated) box.append(browse(field, known, input.id));
}

watchPresses();
const starred = new Set([...document.querySelectorAll("[data-marks]")].map((box) => box.dataset.marks));
const boxes = [...document.querySelectorAll("[data-chips]")];
for (const box of boxes.filter((each) => !starred.has(each.querySelector("input").id))) makeChips(box);
for (const id of starred) document.getElementById(id).closest(".field").remove();
