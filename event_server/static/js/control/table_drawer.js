/** One table, or those without one: who they are and what can be done for each. */
import { html, useState } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { TableStrip } from "../table.js";
import { PanelHead } from "./panel_head.js";
import { Presence, dotWord } from "./presence.js";
import { SeatChange } from "./seat_change.js";

export function TableDrawer({ desk, panel, close }) {
  const tile = desk.room.value.tables.find(({ number }) => number === panel.number);
  const people = tile?.people ?? [];
  return html`
    <${PanelHead} title=${t("Table %(table)s", { table: panel.number })} close=${close} />
    <${TableStrip} table=${panel.number} />
    ${people.map(
      (person) => html`<${DeskPerson} key=${person.id} person=${person} desk=${desk} mates=${matesOf(person, people)} />`,
    )}
    ${!people.length && html`<p class="soft">${t("Nobody sits here now.")}</p>`}
  `;
}

/** Who sits out, or came after the call. */
export function ApartDrawer({ desk, panel, close }) {
  const isResting = panel.kind === "sitting_out";
  const people = desk.room.value[panel.kind] ?? [];
  const { title, note } = apartWords(isResting, desk.room.value.tables.length > 0);
  return html`
    <${PanelHead} title=${title} note=${note} close=${close} />
    ${people.map((person) => html`<${DeskPerson} key=${person.id} person=${person} desk=${desk} isNew=${!isResting} />`)}
    ${!people.length && html`<p class="soft">${t("Nobody any more.")}</p>`}
  `;
}

function apartWords(isResting, isRound) {
  if (isResting) return { title: t("Sitting out"), note: t("They are first in line at the next round.") };
  if (!isRound) return { title: t("In the room"), note: t("Everybody who is here now.") };
  return {
    title: t("Without a table"),
    note: t("They are in by themselves from the next round on, or join a table now."),
  };
}

function matesOf(person, people) {
  return people.filter(({ id }) => id !== person.id);
}

function DeskPerson({ person, desk, mates = [], isNew }) {
  const [isMoving, setMoving] = useState(false);
  const toggle = () => setMoving(!isMoving);
  const canMove = desk.allows("ChangeTable");
  return html`<article class="desk-person">
    <div class="desk-person-name">
      <${Presence} dot=${person.dot} /><b><bdi>${person.name}</bdi></b>
      ${person.seat && html`<span class="soft">${t("Seat %(letter)s", { letter: person.seat })}</span>`}
    </div>
    <p class="soft">${stateWords(person)}</p>
    <div class="buttons">
      <${Deeds} person=${person} desk=${desk} mates=${mates} isNew=${isNew} />
      ${canMove && html`<button class="btn btn-small" aria-expanded=${String(isMoving)} onClick=${toggle}>
        <${Icon} name="shuffle" />${t("Move or swap")}
      </button>`}
    </div>
    ${isMoving && html`<${SeatChange} person=${person} desk=${desk} done=${() => setMoving(false)} />`}
  </article>`;
}

function stateWords({ dot, arrived, help }) {
  const words = [dotWord(dot)];
  if (arrived) words.push(t("at the table"));
  if (help) words.push(t("asks for help"));
  return words.join(" · ");
}

function Deeds({ person, desk, mates, isNew }) {
  const { round } = desk.control.value;
  const { id: attendee, dot, help } = person;
  // Any of those at the table may have said it: whatever each of them said is taken back.
  const here = mates.map((mate) => ({ type: "ReportMissing", round, about: attendee, missing: false, attendee: mate.id }));
  const deeds = [
    [help, "AnswerHelp", "hand", t("I'm going"), { type: "AnswerHelp", attendee }],
    [dot === "absent" && mates.length > 0, "ReportMissing", "user-check", t("Here after all"), here],
    [true, "Rest", "coffee", t("Takes a rest"), { type: "Rest", attendee }],
    [true, "Leave", "log-out", t("Has left"), { type: "Leave", attendee }],
    [isNew, "UndoCheckIn", "undo-2", t("Undo check-in"), { type: "UndoCheckIn", attendee }],
  ];
  const send = (command) => [command].flat().forEach((each) => desk.send(each));
  const message = () => (desk.panel.value = { kind: "message", to: attendee, name: person.name });
  return html`
    ${deeds.filter(([isMeant, type]) => isMeant && desk.allows(type)).map(
      ([, type, icon, words, command]) => html`<button key=${type} class="btn btn-small" onClick=${() => send(command)}>
        <${Icon} name=${icon} />${words}
      </button>`,
    )}
    ${desk.allows("PostMessage") && html`<button class="btn btn-small" onClick=${message}>
      <${Icon} name="send" />${t("Write")}
    </button>`}`;
}
