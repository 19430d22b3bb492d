/** The words of each kind of trouble: what is wrong, what the fix costs, what to press. Pure. */
import { list } from "../format.js";
import { language, t, tn } from "../i18n.js";

/** Kind -> what it says, from the server's item and the views around it. */
export const WORDS = {
  missing: (one, { control }) => ({
    title: one.detail
      ? t("Table %(table)s: %(name)s is without company", { table: one.table, name: one.detail })
      : t("Table %(table)s: nobody is there", { table: one.table }),
    text: [t("%(names)s cannot be seen.", { names: named(one) }), cost(one.fix)].join(" "),
    fix: tableFix(one.fix, control),
    later: t("Wait"),
  }),
  alone: (one, { control }) => ({
    title: t("Table %(table)s: %(name)s is without company", { table: one.table, name: named(one) }),
    text: [t("Nobody else sits there."), cost(one.fix)].join(" "),
    fix: tableFix(one.fix, control),
    later: t("Wait"),
  }),
  short: (one) => ({
    title: t("Table %(table)s: %(names)s cannot be seen", { table: one.table, names: named(one) }),
    text: t("The others go on without: nothing has to be done."),
  }),
  help: (one) => ({
    title: one.table
      ? t("Table %(table)s asks for help", { table: one.table })
      : t("%(names)s asks for help", { names: named(one) }),
    text: `${named(one)}: ${helpWords(one.detail)}`,
    fix: { label: t("I'm going"), command: { type: "AnswerHelp", attendee: one.attendee } },
    later: one.table ? "" : t("Wait"),
  }),
  late: (one) => ({
    title: tn("%(n)s person came after the call", "%(n)s people came after the call", one.count),
    text: t("%(names)s: in by themselves from the next round on.", { names: named(one) }),
  }),
  not_here: (one) => ({
    title: tn("%(n)s person is not here yet", "%(n)s people are not here yet", one.count),
    text: t("Whoever comes later joins at the next round. Nobody has to wait for them."),
    fix: { label: t("To the door"), link: "door" },
  }),
  offline: (one, { room }) => ({
    title: tn("%(n)s phone without network", "%(n)s phones without network", one.count),
    text: isVenue(one, room)
      ? t("That many at once: the Wi-Fi, more likely than the phones. Screen and voice are enough.")
      : t("%(names)s: perhaps asleep in a pocket. Screen and voice are enough.", { names: named(one) }),
  }),
  same_name: (one) => ({
    title: t("Names hard to tell apart"),
    text: t("%(names)s: a word more on the badge saves confusion at the door.", { names: named(one) }),
    fix: { label: t("Open the list"), link: "people" },
  }),
  few_partners: (one) => ({
    title: t("More rounds than people to meet"),
    text: tn(
      "Everybody has at most %(n)s person left to meet: the last rounds will stay empty.",
      "Everybody has at most %(n)s people left to meet: the last rounds will stay empty.",
      one.count,
    ),
    fix: { label: t("Fewer rounds"), link: "settings" },
  }),
  few_strangers: (one) => ({
    title: t("More chairs than strangers"),
    text: tn(
      "Everybody has at most %(n)s person to meet: some will sit together again.",
      "Everybody has at most %(n)s people to meet: some will sit together again.",
      one.count,
    ),
    fix: { label: t("Fewer rounds"), link: "settings" },
  }),
  tables_short: (one) => ({
    title: tn("%(n)s table is missing", "%(n)s tables are missing", one.count),
    text: tn(
      "In every round %(n)s person sits out for want of a seat.",
      "In every round %(n)s people sit out for want of a seat.",
      one.seats,
    ),
    fix: { label: t("More tables"), link: "settings" },
  }),
  no_plan: () => ({
    title: t("No plan yet"),
    text: t("The plan is being made. Nobody can be called to the tables before."),
    fix: { label: t("Open the plan"), link: "plan" },
  }),
};

/** What a change at the tables costs the others. */
export function cost(fix) {
  if (fix?.joins) {
    return t("%(name)s joins table %(table)s: nobody else moves.", { name: fix.with_name, table: fix.joins });
  }
  if (!fix) return t("Nobody is free to join: you can wait, or change tables by hand.");
  if (fix.moves <= 1) return t("With %(name)s: nobody else moves.", { name: fix.with_name });
  return tn("%(n)s person moves.", "%(n)s people move.", fix.moves);
}

function tableFix(fix, { round }) {
  return fix && { label: t("Do that"), command: { type: "ChangeTable", round, tables: fix.tables } };
}

/** More than a third of the phones at once is hardly chance. */
function isVenue({ count }, room) {
  const seated = room.tables.reduce((sum, { people }) => sum + people.length, 0);
  return count >= 4 && count > 0.3 * Math.max(seated, 1);
}

/** "Ada P., Bo E. and 2 more" */
export function named({ names = [], count }) {
  const more = (count ?? names.length) - names.length;
  return list(more > 0 ? [...names, tn("%(n)s more", "%(n)s more", more)] : names, language());
}

function helpWords(kind) {
  const words = {
    lost: () => t("“I can't find my table.”"),
    alone: () => t("“I am alone here.”"),
    noise: () => t("“We can't hear each other, may we move?”"),
    uncomfortable: () => t("“I don't feel comfortable here.” Go there quietly."),
  };
  return words[kind]?.() ?? t("“I need a hand.”");
}
