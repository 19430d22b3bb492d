/** Give and take: what one could do for others here and they for one, and what the evening brought so far. */
import { html } from "../../vendor/preact.js";
import { list } from "../format.js";
import { Icon } from "../icons.js";
import { language, t, tn } from "../i18n.js";

export function Ledger({ phone }) {
  const { ledger } = phone.view.value;
  if (!ledger) return null;
  return html`<section class="note">
    <${Icon} name="gift" />
    <div class="stack">
      <h2 class="note-title">${t("Give and take")}</h2>
      ${ledgerLines(ledger).map((line) => html`<p key=${line}>${line}</p>`)}
      ${ledger.blank && html`<a class="link-action" href=${phone.page.card}>
        <${Icon} name="pen-line" />${t("My card")}
      </a>`}
    </div>
  </section>`;
}

/**
 * The sentences of a ledger, two or three; never none.
 *
 * @param {{give?: Chance[], gives?: number, take?: Chance[], takes?: number, gave?: string[], got?: string[],
 *   blank?: boolean}} ledger
 * @typedef {{tag: string, people: number}} Chance
 */
export function ledgerLines({ give = [], gives = 0, take = [], takes = 0, gave = [], got = [], blank = false }) {
  if (blank) return [t("Say on your card what you can help with and what you look for: it counts for whom you meet.")];
  const lines = [];
  if (gives) lines.push(couldGive(gives, chances(give, gives, seekers)));
  if (takes) lines.push(couldTake(takes, chances(take, takes, givers)));
  if (!gives && !takes) lines.push(t("Right now nobody here looks for what you offer, or offers what you look for."));
  return [...lines, ...met(gave, got)];
}

function couldGive(n, what) {
  return tn("You could help with %(n)s thing: %(what)s.", "You could help with %(n)s things: %(what)s.", n, { what });
}

function couldTake(n, what) {
  return tn("You could find help with %(n)s thing: %(what)s.", "You could find help with %(n)s things: %(what)s.", n, { what });
}

function chances(named, count, words) {
  const more = count - named.length;
  const rest = more > 0 ? [tn("%(n)s more", "%(n)s more", more)] : [];
  return list([...named.map(words), ...rest], language());
}

function seekers({ tag, people }) {
  return tn("“%(tag)s” for %(n)s person", "“%(tag)s” for %(n)s people", people, { tag });
}

function givers({ tag, people }) {
  return tn("“%(tag)s” from %(n)s person", "“%(tag)s” from %(n)s people", people, { tag });
}

/** What meetings brought together; whether it came to anything only the two know. */
function met(gave, got) {
  const quoted = (tags) => list(tags.map((tag) => `“${tag}”`), language());
  const lines = [];
  if (gave.length) lines.push(t("Tonight you met who looks for %(what)s.", { what: quoted(gave) }));
  if (got.length) lines.push(t("Tonight you met who can help with %(what)s.", { what: quoted(got) }));
  return lines;
}
