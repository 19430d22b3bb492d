/** Keeps the sentence "8 rounds × 6 min = 1 h 13" in step with the form above it, while somebody types. */
import { language, t } from "../i18n.js";

const form = document.getElementById("evening");
const words = document.querySelector("[data-length]");

const number = (name) => Number(form.elements[name].value.replace(",", "."));

/** Minutes of the whole evening; not a number while a field is empty. */
function evening() {
  const one = number("call_minutes") + number("talk_minutes") + number("feedback_minutes") + 2 / 60;
  const hasBreak = number("break_after") > 0 && number("break_after") < number("rounds");
  return { minutes: Math.round(number("rounds") * one + (hasBreak ? number("break_minutes") : 0)), hasBreak };
}

/** The clock on the wall of the place when it ends, or nothing while the date is open: no time zone is needed. */
function end(minutes) {
  const begin = form.elements.starts_at.value;
  if (!begin) return "";
  const at = new Date(`${begin}Z`);
  at.setUTCMinutes(at.getUTCMinutes() + minutes);
  return at.toISOString().slice(11, 16);
}

function say() {
  const { minutes, hasBreak } = evening();
  if (!Number.isFinite(minutes) || minutes <= 0) return;
  const sum = document.createElement("b");
  sum.textContent = t("%(rounds)s rounds × %(minutes)s min = %(hours)s h %(rest)s", {
    rounds: number("rounds"),
    minutes: number("talk_minutes").toLocaleString(language()),
    hours: Math.floor(minutes / 60),
    rest: String(minutes % 60).padStart(2, "0"),
  });
  const time = end(minutes);
  const rest = [hasBreak ? t("with calls, choices and the break.") : t("with calls and choices.")];
  if (time) rest.push(t("It ends at %(time)s.", { time }));
  words.replaceChildren(sum, ` ${rest.join(" ")}`);
}

form.addEventListener("input", say);
