/** Questions for the table: one small file a language, fetched once, cached for ever by the hash in its address. */
import { signal } from "../../vendor/preact.js";

const TRIES_MS = [0, 3000, 10_000, 30_000];

/** @typedef {{opening: string[], deeper: string[]}} Prompts */

/**
 * The question a table sees after asking `asked` times for another. The first is an opening and the same for all who
 * share `number`; the others go deeper.
 *
 * @param {Prompts | null} prompts
 */
export function promptAt(prompts, number, asked) {
  if (!prompts) return "";
  if (asked === 0) return prompts.opening[number % prompts.opening.length];
  return prompts.deeper[(number + asked - 1) % prompts.deeper.length];
}

/** The file as a signal: null until it is there. A network that is away is asked again a few times. */
export function loadPrompts(url) {
  const prompts = signal(null);
  const load = async ([delay, ...later]) => {
    if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`prompts: ${response.status}`);
      prompts.value = await response.json();
    } catch {
      if (later.length) await load(later);
    }
  };
  load(TRIES_MS);
  return prompts;
}
