/** One person met: yes, maybe or no; two ratings and a note for who wants; and whether the server has it. */
import { html, useId, useState } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { toggled } from "./answers.js";
import { NoteField } from "./note.js";
import { Person, TextAction } from "./parts.js";

const RATINGS = [1, 2, 3, 4, 5];

/**
 * @param {{phone: object, met: object, hasRound?: boolean, isWhole?: boolean}} props `hasRound`: say in which round you
 *   met; `isWhole`: ratings and note are open from the start
 */
export function AnswerCard({ phone, met, hasRound = false, isWhole = false }) {
  const said = phone.answers.about(met);
  const [isOpen, setOpen] = useState(isWhole);
  const give = (field, value) => phone.answers.give(met, toggled(said.answer, field, value));
  const about = [met.headline, hasRound && t("round %(round)s", { round: met.round })].filter(Boolean).join(", ");
  return html`<article class="card answer">
    <${Person} name=${met.name}>${about}<//>
    ${said.isMissing
      ? html`<${WasMissing} phone=${phone} met=${met} said=${said} />`
      : html`<${Again} met=${met} answer=${said.answer} give=${give} />
          ${isOpen && html`<${More} phone=${phone} met=${met} answer=${said.answer} give=${give} />`}
          <div class="row">
            <${Progress} progress=${said.progress} />
            <${Beside} said=${said} isOpen=${isOpen && said.progress !== "none"} open=${() => setOpen(true)} phone=${phone} met=${met} />
          </div>`}
  </article>`;
}

export function Again({ met, answer, give }) {
  const question = t("See %(name)s again?", { name: met.name });
  const words = [["yes", t("Yes")], ["maybe", t("Maybe")], ["no", t("No")]];
  return html`<fieldset>
    <legend class="visually-hidden">${question}</legend>
    <${Choices} words=${words} chosen=${answer.again} choose=${(value) => give("again", value)} />
  </fieldset>`;
}

/** Radio buttons; tapping the chosen one takes it back. */
function Choices({ words, chosen, choose, className = "" }) {
  const name = useId();
  return html`<div class=${`choices ${className}`}>
    ${words.map(([value, word]) => html`<label class="choice" key=${value}>
      <input type="radio" name=${name} checked=${chosen === value} onClick=${() => choose(value)} />
      <${Icon} name="check" />${word}
    </label>`)}
  </div>`;
}

function More({ phone, met, answer, give }) {
  const rows = [
    ["rating", t("How was the conversation?")],
    ["heard", t("How much were you listened to?")],
  ];
  return html`${rows.map(([field, question]) => html`<fieldset class="rating" key=${field}>
      <legend>${question} <span class="soft">${t("1 little, 5 very")}</span></legend>
      <${Choices} words=${RATINGS.map((n) => [n, n])} chosen=${answer[field]} choose=${(value) => give(field, value)}
        className="choices-small" />
    </fieldset>`)}
    <${NoteField} phone=${phone} met=${met} />`;
}

function Beside({ phone, met, said, isOpen, open }) {
  if (isOpen) return null;
  if (said.progress === "none") {
    return html`<${TextAction} className="link-action" onClick=${() => phone.answers.report(met, true)}>
      ${t("Was not there")}
    <//>`;
  }
  const words = said.note ? t("Your note and rating") : t("Note and rating");
  return html`<${TextAction} className="link-action" onClick=${open}>${words}<//>`;
}

function WasMissing({ phone, met, said }) {
  return html`<div class="row">
    <span class=${said.progress === "waiting" ? "waiting" : "unsaved"}>
      <${Icon} name=${said.progress === "waiting" ? "hourglass" : "user-x"} />${t("Was not there")}
    </span>
    <${TextAction} className="link-action" onClick=${() => phone.answers.report(met, false)}>
      ${t("Was there after all")}
    <//>
  </div>`;
}

function Progress({ progress }) {
  switch (progress) {
    case "waiting":
      return html`<span class="waiting"><${Icon} name="hourglass" />${t("Waiting to be sent")}</span>`;
    case "saved":
      return html`<span class="saved"><${Icon} name="check" />${t("Saved")}</span>`;
    default:
      return html`<span class="unsaved">${t("No answer")}</span>`;
  }
}
