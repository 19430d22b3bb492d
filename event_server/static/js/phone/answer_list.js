/** People to answer about: a card each, or where tables are large a row each, so that all of them are in reach. */
import { html } from "../../vendor/preact.js";
import { AnswerCard } from "./answer_card.js";
import { AnswerRow } from "./answer_row.js";
import { isGroup } from "./mates.js";

/** @param {{phone: object, people: object[], hasRound?: boolean}} props as those of `AnswerCard` */
export function AnswerList({ phone, people, hasRound = false }) {
  const Answer = areMany(people) ? AnswerRow : AnswerCard;
  return people.map((met) => html`<${Answer} key=${`${met.round}.${met.id}`} phone=${phone} met=${met} hasRound=${hasRound} />`);
}

/** Whether somebody sat at a table of more than three. */
export function areMany(people) {
  return people.some(({ round }) => isGroup(people.filter((met) => met.round === round)));
}
