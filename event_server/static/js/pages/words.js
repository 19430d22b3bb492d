/** Words of a profile, without a page: how they are parted and compared, and which the list offers. */

/** A text as it is compared: small letters without accents, words with single blanks (see tags/spelling.py). */
export function plain(text) {
  const letters = text.toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return letters.replaceAll(/[^\p{L}\p{N}+#]+/gu, " ").trim();
}

/** What stands between commas, semicolons and line ends, each once. */
export function parted(text) {
  const words = text.split(/[,;\n]/).map((word) => word.trim().replaceAll(/\s+/g, " "));
  return words.filter((word, at) => word && words.findIndex((other) => isSame(other, word)) === at);
}

/** Whether two texts are one word, in whatever case and with whatever accents. */
export function isSame(one, other) {
  return (plain(one) || one) === (plain(other) || other);
}

/** The words of a datalist: `{name, theme, spellings}`, the theme of each group on its first option. */
export function wordsOf(options) {
  let theme = "";
  return [...options].map(({ value, dataset }) => {
    theme = dataset.theme ?? theme;
    return { name: value, theme, spellings: [value, ...(dataset.also?.split(",") ?? [])].map(plain) };
  });
}

/** The names of at most `limit` words that `typed` may be the beginning of, the most likely first. */
export function offered(words, typed, taken, limit) {
  const begun = plain(typed);
  if (!begun) return [];
  const ranked = words
    .filter(({ name }) => !taken.some((word) => isSame(word, name)))
    .map(({ name, spellings }) => ({ name, rank: rankOf(spellings, begun) }))
    .filter(({ rank }) => rank < Infinity);
  ranked.sort((one, other) => one.rank - other.rank);
  return ranked.slice(0, limit).map(({ name }) => name);
}

/** 0 where the name begins so, then a later word of it, then another spelling, then a later word of one. */
function rankOf([name, ...also], begun) {
  const ranks = [
    name.startsWith(begun),
    ` ${name}`.includes(` ${begun}`),
    also.some((spelling) => spelling.startsWith(begun)),
    also.some((spelling) => ` ${spelling}`.includes(` ${begun}`)),
  ];
  const rank = ranks.indexOf(true);
  return rank < 0 ? Infinity : rank;
}
