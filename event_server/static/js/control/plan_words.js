/** How good the plan is, in one sentence that a person believes. Pure. */
import { number } from "../format.js";
import { language, t, tn } from "../i18n.js";

/**
 * @param {object} plan the plan of the control view
 * @returns {{share: string | null, gap: number, sentence: string, proofs: {isMet: boolean, text: string}[]}} `share` is
 *   the proven part of the best possible and `gap` what is missing at worst (0…1); without a bound there is neither
 */
export function planWords(plan) {
  const { bound } = plan;
  const isBounded = bound !== undefined && bound !== null && bound >= plan.value && bound > 0;
  const part = isBounded ? plan.value / bound : null;
  return {
    share: isBounded ? percent(part, "floor") : null,
    gap: isBounded ? 1 - part : 0,
    sentence: isBounded ? boundedSentence(plan, 1 - part) : t("It is worth %(value)s.", { value: whole(plan.value) }),
    proofs: proofs(plan),
  };
}

function boundedSentence({ value, bound }, gap) {
  const figures = { value: whole(value), bound: whole(bound), gap: percent(gap, "ceil") };
  if (gap === 0) return t("It is worth %(value)s: no plan can be worth more.", figures);
  return t("It is worth %(value)s, no plan exceeds %(bound)s. At worst %(gap)s is missing.", figures);
}

function proofs({ meetings, sit_outs = 0, most_sit_outs = 0, unmet = 0, patched, stage = "final" }) {
  const lines = [
    { isMet: true, text: tn("%(n)s meeting, 0 repeats", "%(n)s meetings, 0 repeats", meetings) },
    { isMet: most_sit_outs < 2, text: sitOuts(sit_outs, most_sit_outs) },
  ];
  if (unmet) lines.push({ isMet: false, text: tn("%(n)s wish does not fit", "%(n)s wishes do not fit", unmet) });
  if (patched) lines.push({ isMet: false, text: t("The next round was mended in haste for who is here") });
  if (stage !== "final") lines.push({ isMet: true, text: t("Still getting better by itself") });
  return lines;
}

function sitOuts(sum, most) {
  if (!sum) return t("Nobody sits out");
  if (most < 2) return tn("%(n)s sit-out, nobody twice", "%(n)s sit-outs, nobody twice", sum);
  return t("%(sum)s sit-outs, at most %(most)s for one person", { sum, most });
}

function whole(value) {
  return number(value, { language: language(), maximumFractionDigits: 0, useGrouping: "always" });
}

/** Rounded against us: what is proven down, what may be missing up. */
function percent(part, rounding) {
  return number(part, {
    language: language(),
    style: "percent",
    maximumFractionDigits: 1,
    roundingMode: rounding,
  });
}
