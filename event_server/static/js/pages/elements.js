/** Makes elements for pages that are drawn by the server and made handier by a script. */

/** A new element with properties, `aria` and `data` by their short names, and children. */
export function element(tag, { aria = {}, data = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(aria)) made.setAttribute(`aria-${name}`, value);
  Object.assign(made.dataset, data);
  made.append(...children);
  return made;
}

/** What only readers hear: the one region of the page that says what has just happened. */
export function say(text) {
  region ??= document.body.appendChild(element("p", { className: "visually-hidden", role: "status" }));
  region.textContent = text;
}

/** Does `action` once the press that is going on has become a click: what moves under a finger is missed by it. */
export function afterPress(action) {
  if (isPressed) addEventListener("click", action, { once: true });
  else setTimeout(action);
}

/** To be called once by a page that uses `afterPress`. */
export function watchPresses() {
  addEventListener("pointerdown", () => (isPressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (isPressed = false), true);
}

let region;
let isPressed = false;
