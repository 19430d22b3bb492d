/**
 * Suggestions below a text field: a combobox whose list opens while somebody types.
 *
 * Arrows move, Enter takes what is marked, Escape closes. The focus never leaves the field.
 */
import { tn } from "../i18n.js";
import { element, say } from "./elements.js";

export class ChipOptions {
  #input;
  #list;
  #active = -1;

  /** `onPick(name)` hears what was taken. */
  constructor(input, onPick) {
    this.#input = input;
    this.#list = element("ul", { className: "chip-options", id: `${input.id}-options`, role: "listbox", hidden: true });
    this.#list.setAttribute("aria-label", input.labels[0].textContent);
    for (const [name, value] of [["autocomplete", "list"], ["controls", this.#list.id], ["expanded", "false"]]) {
      input.setAttribute(`aria-${name}`, value);
    }
    input.setAttribute("role", "combobox");
    input.after(this.#list);
    // A press must not take the focus out of the field: that would count as the end of typing.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) onPick(option.textContent);
    });
  }

  /** The name that Enter would take, or nothing. */
  get marked() {
    return this.#list.children[this.#active]?.textContent;
  }

  show(names) {
    const before = this.#list.children.length;
    this.#list.replaceChildren(...names.map((name, at) => this.#option(name, at)));
    this.#list.hidden = names.length === 0;
    this.#input.setAttribute("aria-expanded", String(names.length > 0));
    this.#mark(-1);
    if (before === 0) this.#list.scrollIntoView({ block: "nearest" });
    if (names.length > 0 && names.length !== before) say(tn("%(n)s suggestion", "%(n)s suggestions", names.length));
  }

  /** Returns whether there was anything to close. */
  close() {
    const wasOpen = !this.#list.hidden;
    this.show([]);
    return wasOpen;
  }

  /** Moves the mark; below the last it comes back to what was typed. Returns whether there was anything to move. */
  move(step) {
    const count = this.#list.children.length;
    if (count === 0) return false;
    this.#mark(((this.#active + 1 + step + count + 1) % (count + 1)) - 1);
    return true;
  }

  #option(name, at) {
    return element("li", { id: `${this.#list.id}-${at}`, role: "option", aria: { selected: "false" } }, name);
  }

  #mark(at) {
    this.#active = at;
    [...this.#list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    const marked = this.#list.children[at];
    if (marked) this.#input.setAttribute("aria-activedescendant", marked.id);
    else this.#input.removeAttribute("aria-activedescendant");
    marked?.scrollIntoView({ block: "nearest" });
  }
}
