/** A message to the room or to one person: a few ready sentences, or `panel.text`, and one's own words. */
import { html, useId, useState } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { PanelHead } from "./panel_head.js";

const MOST_CHARACTERS = 500;

export function MessageDialog({ desk, panel, close }) {
  const [text, write] = useState(panel.text ?? "");
  const field = useId();
  const toAll = panel.to === "all";
  const send = (event) => {
    event.preventDefault();
    desk.post(text.trim(), panel.to);
    close();
  };
  const note = toAll ? t("Shows on all phones and on the screen for five minutes.") : t("Shows on this phone only.");
  const title = toAll ? t("Message to the room") : t("Message to %(name)s", { name: panel.name });
  return html`
    <${PanelHead} title=${title} note=${note} close=${close} />
    ${toAll && html`<div class="canned">
      ${ready().map(
        (words) => html`<button key=${words} class="btn btn-small" onClick=${() => write(words)}>${words}</button>`,
      )}
    </div>`}
    <form class="form" onSubmit=${send}>
      <div class="field">
        <label for=${field}>${t("Text")}</label>
        <textarea class="input" id=${field} rows="3" maxlength=${MOST_CHARACTERS} required value=${text} autofocus
          onInput=${(event) => write(event.currentTarget.value)}></textarea>
      </div>
      <button class="btn btn-filled" disabled=${!text.trim()}><${Icon} name="send" />${t("Send")}</button>
    </form>`;
}

function ready() {
  return [
    t("We start in two minutes."),
    t("Please a little quieter: everybody wants to hear."),
    t("Drinks and food are at the bar."),
    t("Look up for a moment, please."),
  ];
}
