/** Table identity: number, shape, colour and name, always together. The order of colours and shapes is the design's. */
import { html } from "../vendor/preact.js";
import { t } from "./i18n.js";

export const COLOURS = ["blue", "orange", "sky", "red", "pink", "yellow", "green"];
export const SHAPES = ["circle", "square", "triangle", "diamond", "star", "cross", "hexagon", "drop"];

/** The drawing of each shape in a box of 24 units; all cover about the same area. */
export const SHAPE_PATHS = {
  circle: "M12 1.6a10.4 10.4 0 1 1 0 20.8a10.4 10.4 0 1 1 0-20.8z",
  square: "M2.6 2.6h18.8v18.8H2.6z",
  triangle: "M12 1.8 23.2 21.6H.8z",
  diamond: "M12 .4 23.6 12 12 23.6.4 12z",
  star: "M12 .8l2.9 7.7 8.2.4-6.4 5.1 2.2 7.9-6.9-4.5-6.9 4.5 2.2-7.9L.9 8.9l8.2-.4z",
  cross: "M8 1.6h8V8h6.4v8H16v6.4H8V16H1.6V8H8z",
  hexagon: "M6 1.6h12L24 12 18 22.4H6L0 12z",
  drop: "M12 .4c4.4 5.4 7.9 9.5 7.9 14.1a7.9 8.1 0 1 1-15.8 0C4.1 9.9 7.6 5.8 12 .4z",
};

/**
 * @param {number} number the table's number, from 1
 * @returns {{number: number, colour: string, shape: string, className: string}} `className` sets --t and --t-ink
 */
export function tableIdentity(number) {
  const colour = COLOURS[(number - 1) % COLOURS.length];
  return { number, colour, shape: SHAPES[(number - 1) % SHAPES.length], className: `t-${colour}` };
}

/** "Hexagon · green": with a dot and no adjective, so that no language has to agree. */
export function tableName(number) {
  const { colour, shape } = tableIdentity(number);
  return `${shapeName(shape)} · ${colourName(colour)}`;
}

/** The shape of a table, in the colour of the text around it. */
export function Shape({ table }) {
  const { shape } = tableIdentity(table);
  return html`<svg class="shape" viewBox="0 0 24 24" aria-hidden="true"><path d=${SHAPE_PATHS[shape]} /></svg>`;
}

/** The small chip of tables and lists. Colour and shape are spoken only through `label`. */
export function TableChip({ table, label }) {
  return html`<span class=${`chip ${tableIdentity(table).className}`} title=${tableName(table)}>
    <${Shape} table=${table} /><span class="visually-hidden">${label ?? t("Table")} </span>${table}
  </span>`;
}

/** The strip a table card shrinks to after arrival. `seat` is a letter; `company` a sentence such as "with Cleo". */
export function TableStrip({ table, seat, company }) {
  const label = `${t("Table")} ${table}, ${tableName(table)}`;
  return html`<div class=${`strip ${tableIdentity(table).className}`} aria-label=${label} role="group">
    <${Shape} table=${table} /><span class="strip-number">${table}</span>
    <span class="strip-words">${seat && html`<b>${t("Seat %(letter)s", { letter: seat })}</b>`}${company}</span>
  </div>`;
}

/** The full-bleed card that says where to go. Stands inside `.hero-table` with the table's class. */
export function TableCard({ table, seat, title }) {
  return html`<div class="table-card">
    <h1 tabindex="-1">${title} <span class="visually-hidden">${table}</span></h1>
    <span class="table-card-number" aria-hidden="true">${table}</span>
    <${Shape} table=${table} />
    <span class="table-card-name">${tableName(table)}</span>
    ${seat && html`<span class="table-card-seat">${t("Seat %(letter)s", { letter: seat })}</span>`}
  </div>`;
}

function colourName(colour) {
  const names = {
    blue: () => t("blue"),
    orange: () => t("orange"),
    sky: () => t("sky blue"),
    red: () => t("red"),
    pink: () => t("pink"),
    yellow: () => t("yellow"),
    green: () => t("green"),
  };
  return names[colour]();
}

function shapeName(shape) {
  const names = {
    circle: () => t("Circle"),
    square: () => t("Square"),
    triangle: () => t("Triangle"),
    diamond: () => t("Diamond"),
    star: () => t("Star"),
    cross: () => t("Cross"),
    hexagon: () => t("Hexagon"),
    drop: () => t("Drop"),
  };
  return names[shape]();
}
