/** Names to tables, a page at a time: which names, which letters, how long still. Pure. */

export const PAGE_MS = 12_000;
/** Quicker than this nobody finds their name. */
export const LEAST_PAGE_MS = 6000;
export const NAMES_WIDE = 24;
export const NAMES_NARROW = 16;

/**
 * @param {{name: string, table: number}[]} names in the order of the alphabet
 * @param {{size: number, since: number, now: number, until?: number}} time `since` is when the first page came up; by
 *   `until`, where that is known, every page has been up
 * @returns {{names: object[], page: number, pages: number, letters: string, turnsIn: number}} `page` counts from 1;
 *   `turnsIn` is in whole seconds
 */
export function namePage(names, { size, since, now, until = Infinity }) {
  const pages = Math.max(1, Math.ceil(names.length / size));
  const pageMs = Math.max(LEAST_PAGE_MS, Math.min(PAGE_MS, (until - since) / pages));
  const shown = Math.max(0, now - since);
  const page = Math.floor(shown / pageMs) % pages;
  const here = names.slice(page * size, (page + 1) * size);
  return {
    names: here,
    page: page + 1,
    pages,
    letters: letterRange(here),
    turnsIn: Math.ceil((pageMs - (shown % pageMs)) / 1000),
  };
}

/** "A–M": the first letters of the first and the last name. */
export function letterRange(names) {
  if (!names.length) return "";
  const [first, last] = [names[0], names.at(-1)].map(({ name }) => firstLetter(name));
  return first === last ? first : `${first}–${last}`;
}

function firstLetter(name) {
  return [...name.trim().normalize("NFD")][0]?.toLocaleUpperCase() ?? "";
}
