/** What needs a look, in words: what is wrong, what the fix costs, and what to press. Pure. */
import { t } from "../i18n.js";
import { WORDS, named } from "./attention_words.js";

/**
 * @typedef {{key: string, tone: "bad" | "warn" | "info", icon: string, title: string, text: string,
 *   fix?: {label: string, command?: object, link?: string}, later: string, table?: number}} Item
 *   `command` steers or not as its type says; `link` is a name among the page's addresses
 */

const TONES = { missing: "bad", alone: "bad", no_plan: "bad", tables_short: "bad", help: "warn", late: "warn" };
const ICONS = {
  missing: "triangle-alert",
  alone: "triangle-alert",
  short: "user-x",
  help: "hand",
  late: "user-plus",
  not_here: "clock",
  offline: "wifi-off",
  same_name: "users",
  few_partners: "users",
  few_strangers: "users",
  tables_short: "table-2",
  no_plan: "triangle-alert",
};

/**
 * @param {object[]} attention of the room view
 * @param {{control: object, room: object}} views
 * @returns {Item[]} in the order given, most urgent first
 */
export function attentionItems(attention, views) {
  return attention.map((one) => ({
    key: [one.kind, one.table ?? 0, one.attendee ?? "", one.count ?? 0, one.since ?? 0].join("."),
    tone: TONES[one.kind] ?? "info",
    icon: ICONS[one.kind] ?? "info",
    since: one.since,
    table: one.table,
    later: t("Seen"),
    ...(WORDS[one.kind] ?? unknown)(one, views),
  }));
}

/** A newer server may know troubles that this page does not. */
function unknown(one) {
  return { title: one.kind, text: named(one) };
}
