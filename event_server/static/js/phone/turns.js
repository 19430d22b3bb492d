/** The turn bar: who speaks now and until when; beside it the viewer, or who has finished. Full is now. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { turnOf } from "./time.js";
import { firstName } from "./words.js";

export function Turns({ phone }) {
  const view = phone.view.value;
  if (!view.turns) return null;
  const turn = turnOf(view, phone.now.value);
  const name = nameOf(view);
  const isMine = turn.index === turn.mine;
  const now = html`<div class="turn turn-now">
    <${Icon} name=${turn.who ? "mic" : "users"} />
    <span>${isMine ? t("You") : speaks(turn.who, name)}</span>
    <time>${minutesAndSeconds(turn.left)}</time>
  </div>`;
  const beside = isMine ? besideMe(turn, view, name) : besideOthers(turn);
  return html`<div class="turns">${beside.isBefore && beside.drawing}${now}${!beside.isBefore && beside.drawing}</div>`;
}

/** I speak: who had finished before me, or who follows. */
function besideMe(turn, view, name) {
  if (turn.next) return { drawing: Later(follows(turn.next.who, name), turn.next.length) };
  const before = view.turns[turn.index - 1]?.who;
  return { isBefore: true, drawing: before && Over(t("%(name)s has finished", { name: name(before) })) };
}

/** Somebody else speaks: when it is my turn, or that it is over. */
function besideOthers(turn) {
  if (turn.untilMine && turn.mine === turn.index + 1) return { drawing: Later(t("Then you"), turn.next.length) };
  if (turn.untilMine) return { drawing: Later(t("You in"), turn.untilMine) };
  return { isBefore: true, drawing: turn.mine >= 0 && Over(t("You have finished")) };
}

function speaks(who, name) {
  return who ? t("%(name)s speaks", { name: name(who) }) : t("Talk to each other");
}

function follows(who, name) {
  return who ? t("Then %(name)s", { name: name(who) }) : t("Then everybody");
}

function Later(words, ms) {
  return html`<div class="turn"><span>${words}</span><time>${minutesAndSeconds(ms)}</time></div>`;
}

function Over(words) {
  return html`<div class="turn"><${Icon} name="check" /><span>${words}</span></div>`;
}

function nameOf({ partners = [] }) {
  return (id) => firstName(partners.find((partner) => partner.id === id)?.name ?? "…");
}
