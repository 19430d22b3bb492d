/**
 * A field of words as chips. The text field stays what is typed into; a hidden one carries the words to the server.
 *
 * A comma or Enter makes a chip, Backspace in the empty field takes the last one away. Where words may matter a lot,
 * each has a star; a second hidden field carries those that do.
 */
import { t } from "../i18n.js";
import { ChipOptions } from "./chip_options.js";
import { afterPress, element, say } from "./elements.js";
import { isSame, offered, parted } from "./words.js";

const MOST_WORDS = 12;
const MOST_OFFERED = 6;

export class ChipField {
  #input;
  #known;
  #icon;
  #kept;
  #stars;
  #options;
  #list = element("ul", { className: "word-chips" });
  #chips = [];

  /** `known` are the words of the list, `icon` draws the cross, `stars` is the field of words that matter, or none. */
  constructor(input, { known, icon, stars }) {
    this.#input = input;
    this.#known = known;
    this.#icon = icon;
    this.#kept = element("input", { type: "hidden", name: input.name });
    this.#stars = stars && element("input", { type: "hidden", name: stars.name });
    this.#list.setAttribute("aria-label", input.labels[0].textContent);
    const starred = parted(stars?.value ?? "");
    for (const word of parted(input.value)) this.#append(word, starred.some((other) => isSame(other, word)));
    input.removeAttribute("name");
    input.removeAttribute("list");
    input.enterKeyHint = "done";
    input.value = "";
    const typing = element("div", { className: "chip-typing" });
    input.replaceWith(this.#list, this.#kept, ...(this.#stars ? [this.#stars] : []), typing);
    typing.append(input);
    this.#options = new ChipOptions(input, (name) => this.add(name));
    this.#listen();
    this.#keep();
  }

  get words() {
    return this.#chips.map(({ word }) => word);
  }

  /** Takes each word of `text` in; those there already, or beyond the limit, are left out. Returns true. */
  add(text) {
    for (const word of parted(text)) {
      if (this.#chips.length >= MOST_WORDS || this.words.some((other) => isSame(other, word))) continue;
      this.#append(word, false);
      say(t("%(word)s added", { word }));
    }
    this.#input.value = "";
    this.#options.close();
    this.#keep();
    return true;
  }

  /** Chips stay where they are while others come: a tap that ends the typing must still reach its chip. */
  #append(word, matters) {
    const cross = element("button", { type: "button", aria: { label: t("Remove %(word)s", { word }) } }, this.#icon("x"));
    const star = this.#stars && element("button", { type: "button", aria: { label: t("%(word)s matters a lot", { word }) } });
    const item = element("li", { className: "word-chip" }, element("span", {}, word), ...(star ? [star] : []), cross);
    const chip = { word, item, star, matters };
    cross.addEventListener("click", () => this.#remove(chip));
    star?.addEventListener("click", () => {
      chip.matters = !chip.matters;
      this.#keep();
    });
    this.#chips.push(chip);
    this.#list.append(item);
  }

  #remove(chip) {
    const next = chip.item.nextElementSibling;
    this.#chips = this.#chips.filter((other) => other !== chip);
    chip.item.remove();
    this.#keep();
    (next?.lastElementChild ?? this.#input).focus();
    say(t("%(word)s removed", { word: chip.word }));
    return true;
  }

  #listen() {
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => {
      if (!event.isComposing && this.#act(event.key)) event.preventDefault();
    });
    // Whoever goes on to the next field, or saves, has finished the word.
    const finish = () => this.add(this.#input.value);
    this.#input.addEventListener("blur", () => afterPress(finish));
    this.#input.form.addEventListener("submit", finish);
  }

  #typed() {
    const { value } = this.#input;
    const rest = value.replace(/^.*[,;\n]/s, "").trimStart();
    if (/[,;\n]/.test(value)) this.add(value.slice(0, value.length - rest.length));
    if (this.#input.value !== rest) this.#input.value = rest;
    this.#options.show(offered(this.#known, rest, this.words, MOST_OFFERED));
  }

  /** Does what a key means here; returns whether it means anything. */
  #act(key) {
    const text = this.#options.marked ?? this.#input.value;
    switch (key) {
      case "ArrowDown":
        return this.#options.move(1);
      case "ArrowUp":
        return this.#options.move(-1);
      case "Escape":
        return this.#options.close();
      case "Enter":
        return text.trim() !== "" && this.add(text);
      case "Backspace":
        return !this.#input.value && this.#chips.length > 0 && this.#remove(this.#chips.at(-1));
      default:
        return false;
    }
  }

  /** Brings what is sent, and what can be done, in step with the chips. */
  #keep() {
    this.#kept.value = this.words.join(", ");
    for (const { star, matters } of this.#chips.filter((chip) => chip.star)) {
      star.textContent = matters ? "★" : "☆";
      star.setAttribute("aria-pressed", String(matters));
    }
    if (this.#stars) this.#stars.value = this.#chips.filter((chip) => chip.matters).map(({ word }) => word).join(", ");
    const isFull = this.#chips.length >= MOST_WORDS;
    this.#input.disabled = isFull;
    this.#input.placeholder = isFull ? t("That is enough. Remove one to add another.") : "";
  }
}
