/**
 * Questions for the table: one small file a language, fetched once, cached for ever by the hash in its address, and
 * kept on the device for a page that is loaded again without a network.
 */
import { signal } from "../../vendor/preact.js";
import { BROWSER } from "../environment.js";
import { safeStorage } from "./memory.js";
import { goalWords } from "./words.js";

const PAUSES_MS = [3000, 10_000, 30_000];
const PREFIX = "girotondo.questions.";

/**
 * @typedef {{about: Record<string, string[]>, opening: string[], closer: string[], deeper: string[]}} Deck
 * @typedef {{kind: string, tag: string}} Opening what the first question is about
 */

/**
 * The questions of a table in the order in which it gets them: the first is about what joins the people there, or any
 * opening; then one comes closer, and all further ones go deep. Who has seen them all gets what is left.
 *
 * @param {Deck} deck
 * @param {{number?: number, opening?: Opening}} table `number` is the same for all at the table
 */
export function ladder(deck, { number = 0, opening }) {
  const [about, light, closer, deeper] = [
    opening ? (deck.about?.[opening.kind] ?? []).map((question) => filled(question, opening)) : [],
    deck.opening ?? [],
    deck.closer ?? [],
    deck.deeper ?? [],
  ].map((level) => turned(level, number));
  const [first] = [...about, ...light];
  const rest = [...deeper, ...closer.slice(1), ...light];
  return [...new Set([first, closer[0], ...rest].filter(Boolean))];
}

/**
 * The question a table sees after asking `asked` times for another.
 *
 * @param {Deck | null} deck
 * @param {{number?: number, opening?: Opening, asked?: number}} table
 */
export function promptAt(deck, { asked = 0, ...table }) {
  if (!deck) return "";
  const questions = ladder(deck, table);
  return questions[asked % questions.length] ?? "";
}

/**
 * The deck as a signal: null until it is there. A network that is away is asked again a few times.
 *
 * @param {string} url
 * @param {{name: string, storage?: Storage, environment?: object}} options `name` tells apart events and languages
 */
export function loadPrompts(url, { name, storage = safeStorage(), environment = BROWSER }) {
  const kept = readKept(storage, PREFIX + name);
  const deck = signal(kept?.deck ?? null);
  const load = async ([pause, ...later]) => {
    try {
      const response = await environment.fetch(url);
      if (!response.ok) throw new Error(`questions: ${response.status}`);
      deck.value = await response.json();
      keep(storage, PREFIX + name, { url, deck: deck.value });
    } catch {
      if (pause) environment.setTimeout(() => load(later), pause);
    }
  };
  if (kept?.url !== url) load(PAUSES_MS);
  return deck;
}

/** The words of tags may hold anything: no pattern in them is to be read as one. */
function filled(question, { kind, tag }) {
  return question.replaceAll("{tag}", () => (kind === "both_want" ? goalWords(tag) : tag));
}

/** A level that begins with another question for each table and round. */
function turned(questions, number) {
  return questions.map((_, step) => questions[(number + step) % questions.length]);
}

function readKept(storage, key) {
  try {
    const kept = JSON.parse(storage?.getItem(key) ?? "null");
    return kept?.deck ? kept : null;
  } catch {
    return null;
  }
}

function keep(storage, key, kept) {
  try {
    storage?.setItem(key, JSON.stringify(kept));
  } catch {
    // Full or forbidden: the browser's own cache has to do.
  }
}
