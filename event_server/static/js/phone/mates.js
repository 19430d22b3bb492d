/** The people at a table of more than three, a line each; whatever else can be done for one unfolds. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { OneMissing } from "./missing.js";
import { PrivateNote } from "./note.js";
import { turnOf } from "./time.js";
import { reasonInShort, substance } from "./words.js";

const LETTERS = "ABCDEFGHIJ";

/** Above so many partners each gets a line instead of a card. */
const MOST_CARDS = 2;

export function isGroup(people) {
  return people.length > MOST_CARDS;
}

/** On the way to the table: who will be there, at which seat. */
export function Expected({ phone }) {
  const { table, partners = [] } = phone.view.value;
  return html`<section class="card mates" aria-labelledby="mates">
    <h2 class="label" id="mates">${t("You will meet")}</h2>
    <ul>
      ${partners.map((partner, i) => html`<li class="mate" key=${partner.id}>
        <${Words} seat=${seatOf(table, i)} name=${partner.name} line=${substance(partner)} />
        ${partner.arrived && html`<span class="mate-mark"><${Icon} name="check" />
          <span class="visually-hidden">${t("Already there")}</span></span>`}
      </li>`)}
    </ul>
  </section>`;
}

/** At the table: what joins me with each; a note and "is not here" are one tap away. */
export function Mates({ phone }) {
  const { table, partners = [] } = phone.view.value;
  const speaking = turnOf(phone.view.value, phone.now.value).who;
  return html`<section class="card mates" aria-labelledby="mates">
    <h2 class="label" id="mates">${t("At the table")}</h2>
    ${partners.map((partner, i) => html`<${Mate} key=${partner.id} phone=${phone} partner=${partner}
      seat=${seatOf(table, i)} isSpeaking=${partner.id === speaking} />`)}
  </section>`;
}

function Mate({ phone, partner, seat, isSpeaking }) {
  const { met = [], round } = phone.view.value;
  const person = { ...partner, round, ...met.find((one) => one.id === partner.id && one.round === round) };
  const { isMissing } = phone.answers.about(person);
  const line = isMissing ? t("is not here") : lineOf(partner);
  return html`<details class=${`mate ${isMissing ? "mate-missing" : ""}`}>
    <summary>
      <${Words} seat=${seat} name=${partner.name} line=${line} isNow=${isSpeaking} />
      ${isSpeaking && html`<span class="mate-mark"><${Icon} name="mic" />
        <span class="visually-hidden">${t("speaks now")}</span></span>`}
    </summary>
    <div class="mate-more">
      <${PrivateNote} phone=${phone} partner=${partner} />
      <${OneMissing} phone=${phone} person=${person} />
    </div>
  </details>`;
}

function Words({ seat, name, line, isNow = false }) {
  return html`<span class=${`mate-seat ${isNow ? "mate-seat-now" : ""}`}>
      <span class="visually-hidden">${t("Seat %(letter)s", { letter: seat })}</span><span aria-hidden="true">${seat}</span>
    </span>
    <span class="mate-words"><b><bdi>${name}</bdi></b>${line && html`<span class="soft">${line}</span>`}</span>`;
}

function lineOf(partner) {
  const [first] = partner.why ?? [];
  return first ? reasonInShort(first) : substance(partner);
}

/** Partners come in order of seats, without mine. */
function seatOf({ seat }, place) {
  return LETTERS[place < LETTERS.indexOf(seat) ? place : place + 1];
}
