/** The room: a tile per table, who sits out, who waits; trouble first on a phone. */
import { html, signal } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t, tn } from "../i18n.js";
import { Shape, tableIdentity, tableName } from "../table.js";
import { Legend, Presence, dotWord } from "./presence.js";
import { Nobody } from "./room_empty.js";
import { tilesShown } from "./room_plan.js";

const TROUBLE = {
  missing: { className: "tile-bad", icon: "triangle-alert", mark: "x", words: () => t("Absent") },
  alone: { className: "tile-bad", icon: "triangle-alert", mark: "x", words: () => t("Alone") },
  help: { className: "tile-warn", icon: "hand", mark: "hand", words: () => t("Help") },
  short: { className: "", icon: "user-x", mark: "x", words: () => t("Absent") },
};

/** The same width as in the stylesheets, where the tiles become small. */
const isSmall = signal(false);
const small = globalThis.matchMedia?.("(max-width: 48rem)");
if (small) {
  isSmall.value = small.matches;
  small.addEventListener("change", () => (isSmall.value = small.matches));
}

export function RoomBoard({ desk }) {
  const room = desk.room.value;
  const isTroubleOnly = desk.isTroubleOnly.value;
  const tiles = tilesShown(room, { isTroubleOnly, isTroubleFirst: isSmall.value });
  const open = (number) => (desk.panel.value = { kind: "table", number });
  // Who has sat down matters while everybody walks; later only who is missing does.
  const isCall = desk.control.value.phase === "call";
  return html`
    <${Head} desk=${desk} room=${room} />
    ${room.tables.length
      ? html`<div class="tiles">
          ${tiles.map((tile) => html`<${Tile} key=${tile.number} tile=${tile} open=${open} showsArrived=${isCall} />`)}
          ${!isTroubleOnly && html`<${Apart} desk=${desk} room=${room} />`}
        </div>`
      : html`<${Nobody} desk=${desk} />`}
    ${isTroubleOnly && !tiles.length && html`<p class="soft">${t("No table has a problem.")}</p>`}
    ${room.tables.length > 0 && html`<${Legend} />`}
  `;
}

function Head({ desk, room }) {
  const troubled = room.tables.filter((tile) => tile.trouble).length;
  const filter = (isOnly, words) => html`<button aria-pressed=${String(desk.isTroubleOnly.value === isOnly)}
    onClick=${() => (desk.isTroubleOnly.value = isOnly)}>${words}</button>`;
  const [wide, narrow] = [t("Problems only (%(n)s)", { n: troubled }), t("Problems (%(n)s)", { n: troubled })];
  return html`<div class="section-head">
    <h2>${t("The room")} <span class="room-sum">${summary(room)}</span></h2>
    ${room.tables.length > 0 && html`<div class="segmented" role="group" aria-label=${t("Which tables")}>
      ${filter(false, t("All"))}
      ${filter(true, html`<span class="wide-only">${wide}</span><span class="narrow-only">${narrow}</span>`)}
    </div>`}
  </div>`;
}

/** "42 at 21 tables, 1 sits out" */
export function summary({ tables, sitting_out = [], waiting = [] }) {
  const seated = tables.reduce((sum, { people }) => sum + people.length, 0);
  if (!tables.length) return waiting.length ? tn("%(n)s person here", "%(n)s people here", waiting.length) : "";
  const parts = [tn("%(people)s at %(n)s table", "%(people)s at %(n)s tables", tables.length, { people: seated })];
  if (sitting_out.length) parts.push(tn("%(n)s sits out", "%(n)s sit out", sitting_out.length));
  if (waiting.length) parts.push(tn("%(n)s waits", "%(n)s wait", waiting.length));
  return parts.join(", ");
}

function Tile({ tile, open, showsArrived }) {
  const { number, people, trouble } = tile;
  const kind = TROUBLE[trouble];
  return html`<button class=${`tile ${kind?.className ?? ""}`} onClick=${() => open(number)} aria-haspopup="dialog">
    <span class=${`tile-table ${tableIdentity(number).className}`}>
      <span><span class="visually-hidden">${t("Table")} </span>${number}</span><${Shape} table=${number} />
      <span class="visually-hidden">${tableName(number)}</span>
    </span>
    <span class="tile-people">
      ${people.map((person) => html`<${TilePerson} key=${person.id} person=${person} showsArrived=${showsArrived} />`)}
      ${kind && html`<span class="tile-trouble"><${Icon} name=${kind.icon} />${kind.words()}</span>`}
      ${kind?.className && html`<span class="tile-count" aria-hidden="true"><${Icon} name=${kind.mark} />${here(people)}/${Math.max(2, people.length)}</span>`}
    </span>
  </button>`;
}

function here(people) {
  return people.filter(({ dot }) => dot !== "absent").length;
}

function TilePerson({ person, showsArrived }) {
  return html`<span>
    <${Presence} dot=${person.dot} /><${ShortName} name=${person.name} />
    ${showsArrived && person.arrived && html`<${Icon} name="check" className="tile-arrived" />`}
    <span class="visually-hidden">${dotWord(person.dot)}${person.arrived ? `, ${t("at the table")}` : ""}</span>
  </span>`;
}

/** "Ezio M.": where space is short the first name is cut, never the initial that tells two of them apart. */
function ShortName({ name }) {
  const end = name.includes(" ") ? name.lastIndexOf(" ") : name.length;
  return html`<bdi class="person-short"><span>${name.slice(0, end)}</span>${name.slice(end)}</bdi>`;
}

/** Who has no table: sitting out, or come too late for this call. */
function Apart({ desk, room }) {
  return html`
    <${ApartTile} desk=${desk} kind="sitting_out" people=${room.sitting_out} icon="coffee"
      words=${[t("sits out"), t("sit out")]} />
    <${ApartTile} desk=${desk} kind="waiting" people=${room.waiting} icon="hourglass"
      words=${[t("next round"), t("next round")]} />`;
}

const MOST_NAMED = 3;

function ApartTile({ desk, kind, people = [], icon, words }) {
  if (!people.length) return null;
  const more = people.length - MOST_NAMED;
  const open = () => (desk.panel.value = { kind });
  const named = people.slice(0, more === 1 ? MOST_NAMED + 1 : MOST_NAMED);
  const last = more > 1 ? t("and %(n)s more", { n: more }) : words[Number(people.length > 1)];
  return html`<button class="tile tile-rest" onClick=${open} aria-haspopup="dialog">
    <${Icon} name=${icon} />
    <span class="tile-people">
      ${named.map((person) => html`<${TilePerson} key=${person.id} person=${person} />`)}
      <span class="tile-apart-word">${last}</span>
    </span>
  </button>`;
}
