/** One of many people met: a name, yes, maybe or no in one tap; said, it folds to a line, and opens for more. */
import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { Again, AnswerCard } from "./answer_card.js";
import { toggled } from "./answers.js";
import { TextAction } from "./parts.js";

/** @param {{phone: object, met: object, hasRound?: boolean}} props as those of `AnswerCard` */
export function AnswerRow({ phone, met, hasRound = false }) {
  const [isOpen, setOpen] = useState(false);
  const said = phone.answers.about(met);
  const isDone = said.isMissing || said.progress !== "none";
  const row = useRef(null);
  const wasDone = useRef(isDone);
  useEffect(() => {
    // The button that was pressed is gone: the line it folded to takes the focus.
    if (isDone && !wasDone.current && !isOpen) row.current?.querySelector("button")?.focus({ preventScroll: true });
    wasDone.current = isDone;
  }, [isDone]);
  if (isOpen) return html`<${AnswerCard} phone=${phone} met=${met} hasRound=${hasRound} isWhole />`;
  const about = hasRound ? t("round %(round)s", { round: met.round }) : met.headline;
  return html`<article class=${`card answer answer-row ${isDone ? "is-done" : ""}`} ref=${row}>
    ${isDone
      ? html`<${Done} met=${met} said=${said} about=${hasRound && about} open=${() => setOpen(true)} />`
      : html`<${Asked} phone=${phone} met=${met} said=${said} about=${about} open=${() => setOpen(true)} />`}
  </article>`;
}

function Asked({ phone, met, said, about, open }) {
  const give = (field, value) => phone.answers.give(met, toggled(said.answer, field, value));
  const label = t("More about %(name)s", { name: met.name });
  return html`<div class="answer-row-head">
      <span class="answer-row-name"><b><bdi>${met.name}</bdi></b>${about && html` <span class="soft">${about}</span>`}</span>
      <${TextAction} className="link-action" onClick=${open} aria-label=${label}>${t("More")}<//>
    </div>
    <${Again} met=${met} answer=${said.answer} give=${give} />`;
}

/** What was said, whether the server has it, and a way to say something else. */
function Done({ met, said, about, open }) {
  const isWaiting = said.progress === "waiting";
  const [icon, words] = isWaiting ? ["hourglass", t("Waiting to be sent")] : ["check", t("Saved")];
  return html`<button type="button" class="answer-row-done" onClick=${open}>
    <span class=${isWaiting ? "waiting" : "saved"}>
      <${Icon} name=${said.isMissing ? "user-x" : icon} /><span class="visually-hidden">${words}</span>
    </span>
    <span class="answer-row-name"><b><bdi>${met.name}</bdi></b>${about && html` <span class="soft">${about}</span>`}</span>
    <span>${answerWords(said)}</span>
    <span class="answer-row-change"><${Icon} name="pencil" /><span class="visually-hidden">${t("Change")}</span></span>
  </button>`;
}

function answerWords({ isMissing, answer: { again } }) {
  if (isMissing) return t("Was not there");
  const words = { yes: t("Yes"), maybe: t("Maybe"), no: t("No") };
  return words[again] ?? t("Note and rating");
}
