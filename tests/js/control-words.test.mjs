import assert from "node:assert/strict";
import { test } from "node:test";
import { afterwards } from "../../event_server/static/js/control/afterwards.js";
import { consequences } from "../../event_server/static/js/control/ask_dialog.js";
import { askWords } from "../../event_server/static/js/control/asks_card.js";
import { attentionItems } from "../../event_server/static/js/control/attention.js";
import { cost } from "../../event_server/static/js/control/attention_words.js";
import { notices } from "../../event_server/static/js/control/history.js";
import { planWords } from "../../event_server/static/js/control/plan_words.js";
import { refusalSentence } from "../../event_server/static/js/control/refusals.js";
import { view } from "./control_views.mjs";

const troubled = { control: view("control-talk-troubled"), room: view("room-talk-troubled") };
const viewer = { organizer: "Fay Bozza" };
const say = (item) => attentionItems([item], troubled)[0];

test("a missing partner: who is alone, who is missing, what the fix costs, and the fix itself", () => {
  const [missing] = attentionItems(troubled.room.attention, troubled);
  assert.equal(missing.title, "Table 1: Zoe E. is without company");
  assert.equal(missing.text, "Hugo E. cannot be seen. With Ada P.: nobody else moves.");
  assert.deepEqual(missing.fix.command, { type: "ChangeTable", round: 4, tables: [[1, ["zoe", "ada"]]] });
  assert.equal(missing.tone, "bad");
});

test("a call for help is answered, not fixed", () => {
  const help = attentionItems(troubled.room.attention, troubled).find(({ icon }) => icon === "hand");
  assert.equal(help.title, "Table 2 asks for help");
  assert.deepEqual(help.fix.command, { type: "AnswerHelp", attendee: "elio" });
  assert.match(help.text, /Elio C\..*hear/);
});

test("every kind of the server has its own words", () => {
  const kinds = ["missing", "alone", "help", "late", "not_here", "offline", "same_name", "few_partners"];
  const others = ["short", "few_strangers", "tables_short", "no_plan"];
  const given = { names: ["Ada P."], count: 2, table: 3, seats: 4 };
  const items = [...kinds, ...others].map((kind) => say({ kind, ...given }));
  assert.equal(new Set(items.map(({ title }) => title)).size, items.length);
  for (const { title, text } of items) assert.doesNotMatch(title + text, /%\(|undefined/);
  assert.equal(say({ kind: "comet" }).title, "comet");
});

test("many phones at once point at the Wi-Fi, few at pockets", () => {
  assert.match(say({ kind: "offline", names: ["Ada P."], count: 6 }).text, /Wi-Fi/);
  assert.match(say({ kind: "offline", names: ["Ada P.", "Bo E.", "Cleo F."], count: 3 }).text, /^Ada P\., Bo E\..*pocket/);
});

test("an item put aside stays so until something about it changes", () => {
  const key = (count) => say({ kind: "offline", names: ["Ada P."], count }).key;
  assert.equal(key(2), key(2));
  assert.notEqual(key(2), key(3));
});

test("somebody missing from a larger table is told without haste, and whoever is left alone joins others", () => {
  const fives = { control: view("control-talk-fives"), room: view("room-talk-fives") };
  const items = attentionItems(fives.room.attention, fives);
  const [alone, , short] = items;
  assert.match(alone.text, /joins table \d+: nobody else moves\./);
  assert.equal(alone.fix.command.tables.length, 2);
  assert.deepEqual([short.tone, short.fix], ["info", undefined]);
});

test("repeats of a plan are counted and not called proven away", () => {
  const said = planWords({ value: 800, bound: 1000, meetings: 40, seats: 5, repeats: 3 });
  assert.deepEqual(said.proofs[0], { isMet: false, text: "40 meetings, 3 repeats in the evening" });
  assert.equal(said.sentence, "It is worth 800, no plan exceeds 1,000: perhaps none comes near it.");
});

test("a fix that moves several people says how many, no fix says so", () => {
  assert.equal(cost({ moves: 3, with_name: "Ada P." }), "3 people move.");
  assert.match(cost(undefined), /by hand/);
});

test("another organizer's minute is told with their name, and undone by the same minute", () => {
  const [before, after] = [view("control-talk"), view("control-talk-extended")];
  const [notice] = notices(before, after, viewer);
  assert.equal(notice.text, "+1 minute for all, decided by Otto Cavia");
  assert.deepEqual(notice.undo(after, after.now), { type: "ExtendRound", ends_at: before.ends_at });
});

test("my own call is told without a name and can be taken back", () => {
  const [before, after] = [view("control-lobby"), view("control-call")];
  const fresh = { ...after, history: after.history.slice(0, 1) };
  const [notice] = notices(before, fresh, viewer);
  assert.equal(notice.text, "Round 3 called");
  assert.deepEqual(notice.undo(after), { type: "CancelCall" });
  assert.equal(notice.undo(view("control-talk")), null);
});

test("the same view twice, and what the clock did, tell nothing", () => {
  const after = view("control-talk-extended");
  assert.deepEqual(notices(after, after, viewer), []);
  const clock = { ...after, history: [{ at: after.now, did: "RoundEnded", round: 3 }, ...after.history] };
  assert.deepEqual(notices(after, clock, viewer), []);
});

test("a stale command says who did what", () => {
  const scene = { control: view("control-talk-extended"), names: () => "" };
  const refusal = { code: "stale", detail: { by: "staff:gus", did: "DeadlineMoved" } };
  assert.match(refusalSentence(refusal, scene), /^Otto Cavia was faster: Time changed\./);
});

test("refusals name the people, and unknown codes their code", () => {
  const scene = { control: view("control-talk"), names: (id) => ({ ada: "Ada P.", bo: "Bo E." })[id] };
  const met = { code: "already_met", detail: { attendee: "ada", other: "bo" } };
  assert.equal(refusalSentence(met, scene), "Ada P. and Bo E. have already met.");
  assert.match(refusalSentence({ code: "brand_new" }, scene), /brand_new/);
});

test("who left can be brought back", () => {
  assert.deepEqual(afterwards({ type: "Leave", attendee: "ada" }, "Ada P."), {
    text: "Ada P. has left",
    undo: { type: "Return", attendee: "ada" },
  });
  assert.equal(afterwards({ type: "StartRound" }, ""), undefined);
});

test("finishing says what it ends", () => {
  assert.deepEqual(consequences("FinishEvent", view("control-talk")).slice(0, 2), [
    "The talk of round 3 ends now, and counts.",
    "5 rounds are not held.",
  ]);
  assert.equal(consequences("FinishEvent", view("control-call"))[1], "6 rounds are not held.");
  assert.match(consequences("CloseEvent", view("control-wrap-up"))[0], /shown first/);
});

test("the plan's quality is never promised better than proven", () => {
  const plan = { value: 1284, bound: 1302, meetings: 168, sit_outs: 8, resting: 8, most_sit_outs: 1 };
  const { share, label, sentence, proofs } = planWords(plan);
  assert.deepEqual([share, label], ["98.6%", "of the best possible, or better"]);
  assert.equal(sentence, "It is worth 1,284, no plan exceeds 1,302. At worst 1.4% is missing.");
  assert.deepEqual(proofs.map(({ isMet }) => isMet), [true, true]);
  assert.equal(planWords({ ...plan, value: 9999, bound: 10_000 }).share, "99.99%");
  assert.equal(planWords({ ...plan, value: 999_999_999, bound: 1_000_000_000 }).share, "99.999999%");
});

test("a gap that nobody notices is called so, and still named", () => {
  const { share, sentence } = planWords({ value: 9996, bound: 9999, meetings: 9 });
  assert.equal(share, "99.969%");
  assert.match(sentence, /^Almost the best.* over 0\.031% more \(proven\)\.$/);
});

test("the smaller of both ceilings counts, and who found it is said", () => {
  const searched = planWords({ value: 1284, bound: 1302, search_bound: 1284, meetings: 1 });
  assert.deepEqual([searched.share, searched.label, searched.gap], ["100%", "of the best possible", 0]);
  assert.match(searched.sentence, /complete search/);
  assert.match(planWords({ value: 1284, bound: 1284, search_bound: 1284, meetings: 1 }).sentence, /proven/);
});

test("without a bound nothing is claimed of the best possible", () => {
  const { share, gap, sentence } = planWords({ value: 1284, meetings: 168 });
  assert.deepEqual([share, gap, sentence], [null, 0, "It is worth 1,284 points."]);
  assert.equal(planWords({ value: 1284, bound: 1200, meetings: 1 }).share, null);
});

test("where profiles say nothing, or a round was mended, nothing is measured", () => {
  for (const silent of [{ value: 0, bound: 0 }, { value: 2000, bound: 2000, level: true }]) {
    const { share, sentence } = planWords({ ...silent, meetings: 4 });
    assert.equal(share, null);
    assert.match(sentence, /every meeting counts the same/);
  }
  assert.match(planWords({ value: 9, meetings: 4, patched: true }).sentence, /measured when it starts/);
});

test("a plan that answers moved says so", () => {
  const said = (plan) => planWords({ value: 9, meetings: 4, ...plan }).proofs.map(({ text }) => text).join(" ");
  assert.match(said({ taught: true }), /profiles alone/);
  assert.doesNotMatch(said({}), /profiles alone/);
});

test("who gains least is named with what they could have at most", () => {
  const words = (total) => planWords({ value: 9, meetings: 4, worst: { name: "Ada Prova", total, possible: 430 } });
  assert.equal(
    words(412).proofs[2].text,
    "Who gains least: Ada Prova, 412 points of 430 with only their best partners",
  );
  assert.match(words(430).proofs[2].text, /^Even who gains least, Ada Prova, has their best partners$/);
});

test("unmet wishes are named and counted, and double sit-outs are no ticks", () => {
  const wishes = [{ names: ["Ada Prova", "Bo Esempio"], why: "no_place", by: 2 }];
  const { proofs } = planWords({ value: 1, meetings: 9, unmet: 3, wishes, sit_outs: 5, resting: 3, most_sit_outs: 2 });
  assert.deepEqual(proofs.map(({ isMet }) => isMet), [true, false, false, false]);
  assert.deepEqual(
    proofs.slice(1).map(({ text }) => text),
    [
      "3 people sit out, at most 2 times each",
      "No round for Ada Prova and Bo Esempio by round 2",
      "2 wishes do not fit",
    ],
  );
});

test("the plan of a real evening is put into words without gaps", () => {
  for (const name of ["control-lobby", "control-talk", "control-call"]) {
    const { sentence, proofs } = planWords(view(name).plan);
    for (const text of [sentence, ...proofs.map(({ text }) => text)]) assert.doesNotMatch(text, /%\(|undefined|NaN/);
  }
});

test("an ask is called out without saying whose it is", () => {
  const ask = view("room-talk").asks.at(-1);
  assert.equal(askWords(ask), `Somebody here looks for “${ask.tag}”. Can you help? Tell the hosts.`);
  assert.equal(askWords({ tag: "a van", people: 3 }), "3 people here look for “a van”. Can you help? Tell the hosts.");
  assert.deepEqual(Object.keys(ask).toSorted(), ["people", "tag"]);
});
