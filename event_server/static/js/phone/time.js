/** The time of a phase: what is left, whose turn it is, and the moments worth a cue. Pure arithmetic on a view. */
import { standing, talkMoments } from "../moments.js";
import { turnAt } from "../ring_geometry.js";

const TITLE_STEP_MS = 15_000;

/** Milliseconds left of the running phase; null where it has no end. A talk that is announced has all its time. */
export function remaining(view, now) {
  if (view.paused) return view.paused.remaining;
  if (!view.ends_at) return null;
  const begun = view.phase === "talk" && view.starts_at ? Math.max(now, view.starts_at) : now;
  return Math.max(0, view.ends_at - begun);
}

/**
 * The talk as a stretch of time, for its ring. While the clock stands, it is the one that was planned when it stopped.
 *
 * @returns {{now: number, startsAt: number, endsAt: number}}
 */
export function talkSpan(view, now) {
  const startsAt = view.starts_at;
  const { at, endsAt } = view.paused ? standing(view.paused) : { at: now, endsAt: view.ends_at };
  return { now: Math.max(at, startsAt), startsAt, endsAt };
}

/**
 * Whose turn it is.
 *
 * @returns {{index: number, mine: number, who: string, left: number, next: {who: string, length: number} | null,
 *   untilMine: number}} `who` is "" where all talk; `mine` is the viewer's place, -1 for none; `untilMine` is
 *   0 from then on; milliseconds
 */
export function turnOf(view, now) {
  const turns = view.turns ?? [];
  const span = talkSpan(view, now);
  const index = turnAt(span.now, turns.map(({ at }) => at));
  const mine = turns.findIndex(({ who }) => who === view.me.id);
  const endOf = (place) => turns[place + 1]?.at ?? span.endsAt;
  const next = turns[index + 1];
  return {
    index,
    mine,
    who: turns[index]?.who ?? "",
    left: Math.max(0, endOf(index) - span.now),
    next: next ? { who: next.who, length: endOf(index + 1) - next.at } : null,
    untilMine: mine > index ? turns[mine].at - span.now : 0,
  };
}

/**
 * The moments of a talk that are heard, felt and spoken.
 *
 * @returns {import("../moments.js").Moment[]} in order
 */
export function moments(view) {
  if (view.phase !== "talk" || view.paused || !view.table || !view.ends_at) return [];
  const [first, ...swaps] = view.turns ?? [];
  const who = first?.who ?? "";
  return talkMoments({ startsAt: view.starts_at, endsAt: view.ends_at, first: { who }, swaps });
}

/** The moments after `from`, up to `to`; a phone that slept through some hears of the last one only. */
export function dueMoment(list, from, to) {
  return list.filter(({ at }) => at > from && at <= to).at(-1);
}

/**
 * Who speaks from now on because people came or went: on no clock, it is heard when the view tells of it.
 *
 * @returns {string | undefined} "" for everybody; undefined where the former view says the same, or nothing is heard
 */
export function newSpeaker(before, view, now) {
  const isHere = view.table && view.table.number === before?.table?.number && view.round === before.round;
  if (!isHere || !view.turns || !isTalking(view, now) || !isTalking(before, now)) return undefined;
  const { who } = turnOf(view, now);
  return who === turnOf(before, now).who ? undefined : who;
}

function isTalking({ phase, paused, starts_at: startsAt, ends_at: endsAt }, now) {
  return phase === "talk" && !paused && now >= startsAt && now < endsAt;
}

/** Which quarter of a minute of the phase it is: the page's title changes with it, not with each second. */
export function titleStep(view, now) {
  const left = remaining(view, now);
  return left === null ? -1 : Math.ceil(left / TITLE_STEP_MS);
}
