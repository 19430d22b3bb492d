/**
 * What the viewer says about people met: the server's word, overlaid by what is still on its way.
 *
 * A choice shows at once. It counts as saved when the server has accepted it, which it says in the same bytes whatever
 * the other person chose.
 */
/** @typedef {{again: string | null, rating: number | null, heard: number | null}} Answer */
/** @typedef {"none" | "waiting" | "saved"} Progress */

export const answerKey = ({ round, id }) => `answer.${round}.${id}`;
export const noteKey = ({ round, id }) => `note.${round}.${id}`;
export const missingKey = ({ round, id }) => `missing.${round}.${id}`;

/** The answer as it stands: what is newer than the view wins. */
export function answerOf(met, newer) {
  const { again = null, rating = null, heard = null } = newer ?? met;
  return { again, rating, heard };
}

/** Tapping what is chosen takes it back. */
export function toggled(answer, field, value) {
  return { ...answer, [field]: answer[field] === value ? null : value };
}

export function isGiven({ again, rating, heard }) {
  return again !== null || rating !== null || heard !== null;
}

/** Of a person's answer, note and report: whether the server has them. */
export function progress({ isWaiting, hasContent }) {
  if (isWaiting) return "waiting";
  return hasContent ? "saved" : "none";
}

/**
 * Each person once, though some were met again: the meeting that was answered about, or else the last.
 *
 * @param {object[]} people the newest meeting first
 * @param {(met: object) => boolean} isAnswered
 */
export function eachOnce(people, isAnswered) {
  const meetings = (id) => people.filter((met) => met.id === id);
  return people.filter((met) => met === (meetings(met.id).find(isAnswered) ?? meetings(met.id)[0]));
}

export class Answers {
  #sent;

  /** @param {import("./sent.js").Sent} sent */
  constructor(sent) {
    this.#sent = sent;
  }

  /** @returns {{answer: Answer, note: string, isMissing: boolean, progress: Progress}} */
  about(met) {
    const answer = answerOf(met, this.#sent.newest(answerKey(met))?.command);
    const note = this.#sent.newest(noteKey(met))?.text ?? met.note ?? "";
    const isMissing = this.#sent.newest(missingKey(met))?.command.missing ?? met.missing ?? false;
    const isWaiting = [answerKey, noteKey, missingKey].some((key) => this.#sent.waiting(key(met)));
    return { answer, note, isMissing, progress: progress({ isWaiting, hasContent: isGiven(answer) || note !== "" }) };
  }

  give(met, answer) {
    this.#sent.send({ type: "GiveAnswer", round: met.round, about: met.id, ...answer }, { key: answerKey(met) });
  }

  note(met, text) {
    this.#sent.send({ type: "SaveNote", round: met.round, about: met.id }, { key: noteKey(met), text });
  }

  report(met, isMissing) {
    const command = { type: "ReportMissing", round: met.round, about: met.id, missing: isMissing };
    this.#sent.send(command, { key: missingKey(met) });
  }
}
