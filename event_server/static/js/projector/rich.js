/** A translated sentence with a part that stands out: the translator places it, the screen draws it. Pure. */

/**
 * @param {string} sentence with placeholders such as %(word)s
 * @param {Record<string, unknown>} parts what stands for each
 * @returns {unknown[]} text and parts in order
 */
export function rich(sentence, parts) {
  return sentence.split(/(%\(\w+\)s)/).map((piece) => {
    const name = /^%\((\w+)\)s$/.exec(piece)?.[1];
    return name && name in parts ? parts[name] : piece;
  });
}
