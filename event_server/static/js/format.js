/** Times and numbers as people read them, through Intl and never by hand. */

/** "4:12", rounded up so that 0:00 means over; hours appear from the sixtieth minute. */
export function minutesAndSeconds(remaining_ms) {
  const seconds = Math.max(0, Math.ceil(remaining_ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** "PT4M12S", for the `datetime` of a <time>. */
export function isoDuration(remaining_ms) {
  const seconds = Math.max(0, Math.ceil(remaining_ms / 1000));
  return `PT${Math.floor(seconds / 60)}M${seconds % 60}S`;
}

/** "19:30": 24 hours, in the event's own zone where one is given. */
export function clockTime(at_ms, { language, timeZone } = {}) {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  return new Intl.DateTimeFormat(language, form).format(at_ms);
}

/** Whole minutes until `at_ms`, rounded up, never below zero. */
export function minutesUntil(at_ms, now_ms) {
  return Math.max(0, Math.ceil((at_ms - now_ms) / 60_000));
}

/** "1.284" or "98,6 %", as the language writes it. */
export function number(value, { language, ...form } = {}) {
  return new Intl.NumberFormat(language, form).format(value);
}

/** "Ada, Bo e Cleo": a list as a sentence. */
export function list(words, language) {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(words);
}

/** "CF": at most two initials, by grapheme, for the double ring of a person card. */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return ends.map((word) => letters.segment(word)[Symbol.iterator]().next().value.segment.toUpperCase()).join("");
}
