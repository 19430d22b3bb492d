/** A break: for how long, and until when that is. */
import { html, useId, useState } from "../../vendor/preact.js";
import { clockTime } from "../format.js";
import { Icon } from "../icons.js";
import { language, t } from "../i18n.js";
import { MINUTE_MS } from "./clockwork.js";
import { PanelHead } from "./panel_head.js";

const LONGEST = 180;

export function BreakDialog({ desk, close }) {
  const [minutes, choose] = useState(Math.round((desk.control.value.break_seconds ?? 600) / 60));
  const field = useId();
  const isValid = minutes >= 1 && minutes <= LONGEST;
  const begin = (event) => {
    event.preventDefault();
    desk.steer((control, now) => ({ type: "StartBreak", ends_at: Math.round(now + minutes * MINUTE_MS) }));
    close();
  };
  const form = { language: language(), timeZone: desk.page.timezone };
  const until = isValid && t("until %(time)s", { time: clockTime(desk.now.value + minutes * MINUTE_MS, form) });
  return html`
    <${PanelHead} title=${t("Coffee break")} note=${t("Choices stay open. Everybody sees until when.")} close=${close} />
    <form class="form" onSubmit=${begin}>
      <div class="field">
        <label for=${field}>${t("Minutes")}</label>
        <input class="input input-short" id=${field} type="number" min="1" max=${LONGEST} required autofocus
          value=${minutes} onInput=${(event) => choose(event.currentTarget.valueAsNumber)} />
        <p class="hint">${isValid ? until : " "}</p>
      </div>
      <button class="btn btn-filled" disabled=${!isValid}><${Icon} name="coffee" />${t("Begin the break")}</button>
    </form>`;
}
