/** How good the plan is, in sentences that a person believes. Pure. */
import { number } from "../format.js";
import { language, t, tn } from "../i18n.js";

/** A gap that nobody would notice. */
const CLOSE = 0.001;
const MOST_DECIMALS = 6;

/**
 * @param {object} plan the plan of the control view
 * @returns {{share: string | null, label: string, gap: number, sentence: string, proofs: object[]}} `share` is the
 *   proven part of the best possible and `gap` what is missing at worst (0…1); without a bound there is neither.
 *   Proofs are {isMet, text}.
 */
export function planWords(plan) {
  const ceiling = ceilingOf(plan);
  const gap = ceiling ? 1 - plan.value / ceiling : 0;
  const isMeasured = ceiling && !plan.level;
  return {
    share: isMeasured ? percent(1 - gap, gap, "floor") : null,
    label: gap ? t("of the best possible, or better") : t("of the best possible"),
    gap,
    sentence: sentence(plan, ceiling, gap),
    proofs: proofs(plan),
  };
}

/** What no plan with the same meetings exceeds, or null while that is not known. */
function ceilingOf({ value, bound, search_bound }) {
  const known = [bound, search_bound].filter((ceiling) => ceiling !== undefined && ceiling !== null);
  const least = known.length ? Math.min(...known) : null;
  return least !== null && least >= value ? least : null;
}

function sentence(plan, ceiling, gap) {
  const { value, patched } = plan;
  if (patched) return t("A round was made fit in haste. How good the plan is then, is measured when it starts.");
  if (ceiling === null) return t("It is worth %(value)s points.", { value: whole(value) });
  if (ceiling === 0 || plan.level) return t("No interests, offers or needs are known yet: every meeting counts the same.");
  if (gap === 0 && ceiling !== plan.bound) {
    return t("No plan with the same meetings can be worth more, a complete search has shown.");
  }
  if (gap === 0) return t("No plan with the same meetings can be worth more: proven.");
  if (gap <= CLOSE) {
    const more = percent(ceiling / value - 1, gap, "ceil");
    return t("Almost the best there is: no plan with the same meetings can be worth over %(more)s more (proven).", { more });
  }
  const figures = { value: whole(value), bound: whole(ceiling), gap: percent(gap, gap, "ceil") };
  if (plan.seats > 2) {
    return t("It is worth %(value)s, no plan exceeds %(bound)s: perhaps none comes near it.", figures);
  }
  return t("It is worth %(value)s, no plan exceeds %(bound)s. At worst %(gap)s is missing.", figures);
}

function proofs(plan) {
  const { most_sit_outs = 0, worst, taught, polishing } = plan;
  return [
    meetingsLine(plan),
    { isMet: most_sit_outs < 2, text: sitOuts(plan) },
    ...(worst ? [{ isMet: true, text: leastGain(worst) }] : []),
    ...unmet(plan),
    ...(taught ? [{ isMet: true, text: t("What answers taught counts too; the figures speak of profiles alone") }] : []),
    ...(polishing ? [{ isMet: true, text: t("Still getting better by itself") }] : []),
  ];
}

function meetingsLine({ meetings, repeats = 0 }) {
  if (!repeats) return { isMet: true, text: tn("%(n)s meeting, 0 repeats", "%(n)s meetings, 0 repeats", meetings) };
  const words = tn("%(n)s repeat in the evening", "%(n)s repeats in the evening", repeats);
  return { isMet: false, text: `${tn("%(n)s meeting", "%(n)s meetings", meetings)}, ${words}` };
}

function sitOuts({ resting = 0, most_sit_outs: most = 0 }) {
  if (!resting) return t("Nobody sits out");
  if (most < 2) return tn("%(n)s person sits out once, nobody twice", "%(n)s people sit out once, nobody twice", resting);
  return tn("%(n)s person sits out, %(most)s times", "%(n)s people sit out, at most %(most)s times each", resting, { most });
}

function leastGain({ name, total, possible }) {
  const figures = { name, total: whole(total), possible: whole(possible) };
  if (total >= possible) return t("Even who gains least, %(name)s, has their best partners", figures);
  return t("Who gains least: %(name)s, %(total)s points of %(possible)s with only their best partners", figures);
}

/** Names only: why, and what to do about it, stands on the plan's page. */
function unmet({ unmet: count = 0, wishes = [] }) {
  const lines = wishes.map(({ names: [one, other], by }) => ({ isMet: false, text: wish({ one, other, by }) }));
  const rest = count - lines.length;
  if (rest > 0) lines.push({ isMet: false, text: tn("%(n)s wish does not fit", "%(n)s wishes do not fit", rest) });
  return lines;
}

function wish(who) {
  if (who.by) return t("No round for %(one)s and %(other)s by round %(by)s", who);
  return t("No round for %(one)s and %(other)s", who);
}

function whole(value) {
  return number(value, { language: language(), maximumFractionDigits: 0, useGrouping: "always" });
}

/** Rounded against us, what is proven down, what may be missing up, with two digits of the gap. */
function percent(part, gap, roundingMode) {
  const digits = gap > 0 ? 1 - Math.floor(Math.log10(gap * 100)) : 0;
  const maximumFractionDigits = gap > 0 ? Math.max(1, Math.min(MOST_DECIMALS, digits)) : 0;
  return number(part, { language: language(), style: "percent", maximumFractionDigits, roundingMode });
}
