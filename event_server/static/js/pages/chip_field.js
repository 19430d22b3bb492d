/**
 * A field of words as chips. The text field stays what is typed into; a hidden one carries the words to the server.
 *
 * A comma or Enter makes a chip, Backspace in the empty field takes the last one away. Where words may matter a lot, each
 * has a star; a second hidden field carries the words that do.
 */
import { t } from "../i18n.js";
import { ChipOptions } from "./chip_options.js";
import { element, say } from "./elements.js";
import { isSame, offered, parted } from "./words.js";

const MOST_WORDS = 12;
const MOST_OFFERED = 6;

export class ChipField {
  #input;
  #words;
  #list = element("ul", { className: "word-chips" });
  #kept;
  #starred;
  #stars;
  #options;
  #known;
  #icon;

  /** `known` are the words of the list, `icon` draws the cross, `stars` is the field of words that matter, or none. */
  constructor(input, { known, icon, stars }) {
    this.#input = input;
    this.#known = known;
    this.#icon = icon;
    this.#words = parted(input.value);
    this.#kept = element("input", { type: "hidden", name: input.name });
    this.#stars = stars && element("input", { type: "hidden", name: stars.name });
    this.#starred = parted(stars?.value ?? "");
    this.#list.setAttribute("aria-label", input.labels[0].textContent);
    input.removeAttribute("name");
    input.removeAttribute("list");
    input.enterKeyHint = "done";
    input.value = "";
    input.before(this.#list, this.#kept, ...(this.#stars ? [this.#stars] : []));
    this.#options = new ChipOptions(input, (name) => this.add(name));
    this.#listen();
    this.#draw();
  }

  get words() {
    return [...this.#words];
  }

  /** Takes each word of `text` in; those there already, or beyond the limit, are left out. Returns true. */
  add(text) {
    for (const word of parted(text)) {
      if (this.#words.length >= MOST_WORDS || this.#words.some((other) => isSame(other, word))) continue;
      this.#words.push(word);
      say(t("%(word)s added", { word }));
    }
    this.#input.value = "";
    this.#options.close();
    this.#draw();
    return true;
  }

  #remove(at) {
    const [word] = this.#words.splice(at, 1);
    this.#starred = this.#starred.filter((other) => !isSame(other, word));
    this.#draw();
    (this.#list.children[at]?.lastElementChild ?? this.#input).focus();
    say(t("%(word)s removed", { word }));
    return true;
  }

  #toggle(at) {
    const word = this.#words[at];
    const rest = this.#starred.filter((other) => !isSame(other, word));
    this.#starred = rest.length === this.#starred.length ? [...rest, word] : rest;
    this.#draw();
    this.#list.children[at].querySelector("[aria-pressed]").focus();
  }

  #listen() {
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    // Whoever goes on to the next field has finished the word.
    this.#input.addEventListener("blur", () => this.add(this.#input.value));
  }

  #typed() {
    const { value } = this.#input;
    const rest = value.replace(/^.*[,;\n]/s, "").trimStart();
    if (/[,;\n]/.test(value)) this.add(value.slice(0, value.length - rest.length));
    if (this.#input.value !== rest) this.#input.value = rest;
    this.#options.show(offered(this.#known, rest, this.#words, MOST_OFFERED));
  }

  #pressed(event) {
    if (!event.isComposing && this.#act(event.key)) event.preventDefault();
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
        return !this.#input.value && this.#words.length > 0 && this.#remove(this.#words.length - 1);
      default:
        return false;
    }
  }

  #draw() {
    this.#kept.value = this.#words.join(", ");
    if (this.#stars) this.#stars.value = this.#starred.join(", ");
    this.#list.replaceChildren(...this.#words.map((word, at) => this.#chip(word, at)));
    const isFull = this.#words.length >= MOST_WORDS;
    this.#input.disabled = isFull;
    this.#input.placeholder = isFull ? t("That is enough. Remove one to add another.") : "";
  }

  #chip(word, at) {
    const star = this.#stars && this.#star(word, at);
    const cross = element("button", { type: "button", aria: { label: t("Remove %(word)s", { word }) } }, this.#icon("x"));
    cross.addEventListener("click", () => this.#remove(at));
    return element("li", { className: "word-chip" }, element("span", {}, word), ...(star ? [star] : []), cross);
  }

  #star(word, at) {
    const isOn = this.#starred.some((other) => isSame(other, word));
    const aria = { label: t("%(word)s matters a lot", { word }), pressed: String(isOn) };
    const star = element("button", { type: "button", aria }, isOn ? "★" : "☆");
    star.addEventListener("click", () => this.#toggle(at));
    return star;
  }
}
