/** Sentences that more than one phone screen says. */
import { clockTime, list, minutesAndSeconds } from "../format.js";
import { language, t, tn } from "../i18n.js";
import { tableName } from "../table.js";
import { remaining } from "./time.js";

const MINUTE_MS = 60_000;
/** Names of a company; of more people the last ones are counted. */
const MOST_NAMED = 3;

/** The first name, as people call each other at a table. */
export function firstName(name) {
  return name.trim().split(/\s+/u)[0] ?? name;
}

/** "with Cleo Finta", "with Cleo, Dario and Fay", "with Cleo, Dario and 5 others". */
export function company(partners) {
  if (partners.length === 0) return "";
  const names = partners.length === 1 ? [partners[0].name] : partners.map(({ name }) => firstName(name));
  const more = names.length - MOST_NAMED;
  const shown = more > 0 ? [...names.slice(0, MOST_NAMED - 1), tn("%(n)s other", "%(n)s others", more + 1)] : names;
  return t("with %(names)s", { names: list(shown, language()) });
}

/** One line of substance: what somebody looks for or offers, before what they are. */
export function substance({ needs = [], offers = [], interests = [], headline = "" }) {
  if (needs.length) return t("Looks for: %(what)s", { what: needs[0] });
  if (offers.length) return t("Offers: %(what)s", { what: offers[0] });
  return headline || interests.join(" · ");
}

/** A fact that joins the reader and somebody else. */
export function reason({ kind, tag }, name) {
  switch (kind) {
    case "they_help":
      return t("You look for “%(tag)s”: %(name)s can help.", { tag, name });
    case "you_help":
      return t("%(name)s looks for “%(tag)s”: you can help.", { tag, name });
    case "both_want":
      return t("You and %(name)s want the same thing: to %(goal)s.", { goal: goalWords(tag), name });
    case "other_fields":
      return t("%(name)s works in another field: %(tag)s.", { tag, name });
    default:
      return t("“%(tag)s” matters to you and to %(name)s.", { tag, name });
  }
}

/** The same fact on a line below the name, where everybody at a table has one. */
export function reasonInShort({ kind, tag }) {
  switch (kind) {
    case "they_help":
      return t("Can help you with “%(tag)s”", { tag });
    case "you_help":
      return t("Looks for “%(tag)s”: you can help", { tag });
    case "both_want":
      return t("Same goal: to %(goal)s", { goal: goalWords(tag) });
    case "other_fields":
      return t("Another field: %(tag)s", { tag });
    default:
      return t("In common: “%(tag)s”", { tag });
  }
}

/** A goal as it stands after "you both want to …". */
export function goalWords(goal) {
  const words = {
    hire: t("hire somebody"),
    seek: t("find a job"),
    mentor: t("guide somebody"),
    mentee: t("find somebody who guides"),
    raise: t("raise money"),
    invest: t("invest in an idea"),
    partner: t("find people for a project"),
    learn: t("learn something new"),
    volunteer: t("volunteer"),
    friends: t("make friends"),
  };
  return words[goal] ?? goal;
}

/** Who will know of an answer, and what else it does: never less than that. */
export function privacyWords({ learns_tonight }) {
  const shared = t("Only mutual choices are shared.");
  return learns_tonight ? `${shared} ${t("Tonight's answers also move who sits together next.")}` : shared;
}

/** "Round 3 of 8", "8 rounds", "8 rounds of 8". */
export function roundWords({ round = 0, rounds, phase }) {
  if (round === 0) return tn("%(n)s round", "%(n)s rounds", rounds);
  if (phase === "wrap_up" || phase === "closed") {
    return tn("%(n)s round of %(rounds)s", "%(n)s rounds of %(rounds)s", round, { rounds });
  }
  return t("Round %(round)s of %(rounds)s", { round, rounds });
}

/** "20 seconds", "3 minutes": calm steps, so that the sentence does not change each second. */
export function roughly(ms) {
  if (ms >= MINUTE_MS) {
    return tn("%(n)s minute", "%(n)s minutes", Math.floor(ms / MINUTE_MS));
  }
  return tn("%(n)s second", "%(n)s seconds", Math.max(5, Math.floor(ms / 5000) * 5));
}

/** "19:30" in the event's own zone. */
export function timeOfDay(at, { timezone }) {
  return clockTime(at, { language: language(), timeZone: timezone });
}

/** The page's title: where to be and how long, readable in a tab or a list of apps. */
export function pageTitle(view, now, { title }) {
  const left = remaining(view, now);
  const time = left === null ? "" : minutesAndSeconds(left);
  const place = view.table ? `${t("Table")} ${view.table.number}` : "";
  return [place, time].filter(Boolean).join(" · ") || title;
}

/** "Go to table 7, Hexagon · green", for who hears the page. */
export function goToTable({ number, stay }) {
  const name = tableName(number);
  return stay
    ? t("Stay at table %(number)s, %(name)s", { number, name })
    : t("Go to table %(number)s, %(name)s", { number, name });
}

/** What a refused command means for the person. */
export function refusalWords(code) {
  switch (code) {
    case "answers_closed":
      return t("Answers are closed: contacts have been shown.");
    case "ask_the_door":
      return t("Please check in at the desk.");
    case "not_met":
      return t("You did not meet this person in this round.");
    case "text_too_long":
      return t("This note is too long to be saved.");
    default:
      return t("That is not possible any more.");
  }
}
