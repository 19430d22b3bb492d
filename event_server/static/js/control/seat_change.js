/** Moves somebody or swaps two people, and says first who walks. */
import { html, useId, useState } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t, tn } from "../i18n.js";
import { move, openTables, people, swap } from "./room_plan.js";

export function SeatChange({ person, desk, done }) {
  const [choice, choose] = useState("");
  const field = useId();
  const room = desk.room.value;
  const change = choice && changeOf(room, person, choice);
  const apply = () => {
    desk.send({ type: "ChangeTable", round: desk.control.value.round, tables: change.tables });
    done();
  };
  return html`<div class="seat-change">
    <div class="field">
      <label for=${field}>${t("Where to?")}</label>
      <select class="input" id=${field} value=${choice} onChange=${(event) => choose(event.currentTarget.value)}>
        <option value="">${t("Choose …")}</option>
        <${Places} room=${room} person=${person} desk=${desk} />
        <${Mates} room=${room} person=${person} />
      </select>
    </div>
    ${change && html`<${Preview} change=${change} />`}
    ${change && change.tables.length > 0 && html`<button class="btn btn-filled" onClick=${apply}>
      <${Icon} name="check" />${t("Do that")}
    </button>`}
  </div>`;
}

function Places({ room, person, desk }) {
  const own = tableOf(room, person);
  const tables = openTables(room, desk.page.tables ?? room.tables.length).filter((number) => number !== own);
  return html`<optgroup label=${t("A free place")}>
    ${own > 0 && html`<option value="table:0">${t("Sits out this round")}</option>`}
    ${tables.map(
      (number) => html`<option key=${number} value=${`table:${number}`}>${placeWords(room, number)}</option>`,
    )}
  </optgroup>`;
}

function placeWords(room, number) {
  const { people: there = [] } = room.tables.find((tile) => tile.number === number) ?? {};
  if (!there.length) return t("Table %(table)s, empty", { table: number });
  if (there.length > 1) return t("Table %(table)s, with %(n)s people", { table: number, n: there.length });
  return t("Table %(table)s, with %(name)s", { table: number, name: there[0].name });
}

function Mates({ room, person }) {
  const own = tableOf(room, person);
  const others = people(room).filter(({ id, table }) => id !== person.id && table !== own);
  return html`<optgroup label=${t("Swap with")}>
    ${others.map(
      ({ id, name, table }) => html`<option key=${id} value=${`swap:${id}`}>${name}, ${tableWords(table)}</option>`,
    )}
  </optgroup>`;
}

function Preview({ change: { moves } }) {
  if (!moves.length) return html`<p class="soft">${t("Nobody moves.")}</p>`;
  return html`<div class="banner">
    <${Icon} name="info" />
    <div>
      <p><b>${tn("%(n)s person moves:", "%(n)s people move:", moves.length)}</b></p>
      <ul class="moves">
        ${moves.map(
          ({ id, name, from, to }) => html`<li key=${id}><bdi>${name}</bdi>: ${tableWords(from)} → ${tableWords(to)}</li>`,
        )}
      </ul>
    </div>
  </div>`;
}

function tableWords(number) {
  return number ? t("table %(table)s", { table: number }) : t("sits out");
}

function tableOf(room, person) {
  return people(room).find(({ id }) => id === person.id)?.table ?? 0;
}

function changeOf(room, person, choice) {
  const [kind, what] = [choice.slice(0, choice.indexOf(":")), choice.slice(choice.indexOf(":") + 1)];
  return kind === "swap" ? swap(room, person.id, what) : move(room, person.id, Number(what));
}
