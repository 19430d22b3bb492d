/**
 * What a machine can tell about the looks of a page: returns a list of faults, each as one sentence.
 *
 * `rules`: {language, smallest: px of text, target: px of buttons, link: px of links}
 */
(rules) => {
  const faults = [];
  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest(".visually-hidden, .skip-link, [aria-hidden=true], noscript");
  const words = (element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> "${
    element.textContent.trim().replaceAll(/\s+/g, " ").slice(0, 40)}"`;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isSeen);

  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const edge = document.documentElement.clientWidth;
    const culprit = all("body *").find((element) => element.getBoundingClientRect().right > edge + 1);
    faults.push(`scrolls sideways by ${wide} px: ${culprit ? words(culprit) : "?"}`);
  }
  if (!document.title.trim()) faults.push("has no title");
  if (document.documentElement.lang !== rules.language) faults.push(`says it is in ${document.documentElement.lang}`);
  const headings = all("h1, [role=heading][aria-level=\"1\"]").length;
  if (headings !== 1) faults.push(`has ${headings} main headings`);

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !isSeen(element) || element.closest(".foot, script, style, svg, sup, kbd")) continue;
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    if (size < rules.smallest - 0.01 && !small.has(element)) {
      small.add(element);
      faults.push(`text of ${size} px: ${words(element)}`);
    }
  }

  const height = (element) => element.getBoundingClientRect().height;
  for (const element of all("main button, main .btn, main .choice, main summary, .actions button, .actions .btn, dialog button")) {
    const least = element.matches(".link-action") ? rules.link : rules.target;
    if (height(element) < least - 0.5) faults.push(`button ${Math.round(height(element))} px high: ${words(element)}`);
  }
  for (const element of all("main a:not(.btn), nav a, nav button, footer a, footer button")) {
    if (height(element) < rules.link - 0.5) faults.push(`link ${Math.round(height(element))} px high: ${words(element)}`);
  }

  for (const element of all("button, a[href], summary")) {
    const label = element.getAttribute("aria-label") || element.textContent || element.title;
    if (!label.trim()) faults.push(`has no name: ${words(element)}`);
  }
  for (const element of all("input:not([type=hidden]), select, textarea")) {
    const isNamed = element.labels?.length || element.getAttribute("aria-label") || element.getAttribute("aria-labelledby");
    if (!isNamed) faults.push(`field without a label: ${element.name || element.id}`);
  }

  for (const element of all(".hero *, h1, h2, .btn, .choice, .turn")) {
    const style = getComputedStyle(element);
    const isCut = element.scrollWidth > element.clientWidth + 1 && style.overflowX !== "visible" && style.display !== "inline";
    const { left, right } = element.getBoundingClientRect();
    const isOut = element.textContent.trim() && (left < -1 || right > document.documentElement.clientWidth + 1);
    if (isCut || isOut) faults.push(`text cut off: ${words(element)}`);
  }
  return faults;
}
