/** Sheets over the lower edge: help, leaving, hiding. They open by a tap only, never because a phase changed. */
import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Help } from "./help.js";
import { TextAction } from "./parts.js";

const LEAVE = { type: "Leave" };
const HIDE = { type: "HideContacts" };

export function Sheets({ phone }) {
  switch (phone.sheet.value) {
    case "help":
      return html`<${Sheet} phone=${phone} title=${t("Help")}><${Help} phone=${phone} /><//>`;
    case "leave":
      return html`<${Sheet} phone=${phone} title=${t("Are you leaving?")}>
        <p>${t("The next rounds go on without you. What you answered stays, and contacts still reach you.")}</p>
        <${Confirm} phone=${phone} words=${t("Yes, I'm leaving")} command=${LEAVE} storedAs="status" />
      <//>`;
    case "hide":
      return html`<${Sheet} phone=${phone} title=${t("Hide your contact details?")}>
        <p>${t("Nobody sees your details any more, and you don't see theirs. This cannot be undone.")}</p>
        <${Confirm} phone=${phone} words=${t("Hide them for good")} command=${HIDE} storedAs="hide" />
      <//>`;
    default:
      return null;
  }
}

function Confirm({ phone, words, command, storedAs }) {
  const confirm = () => {
    phone.send(command, storedAs);
    phone.sheet.value = null;
  };
  return html`<button type="button" class="btn btn-filled btn-wide" onClick=${confirm}>${words}</button>`;
}

/** A dialog of the browser: it keeps the focus, closes by Escape, and gives the focus back. */
function Sheet({ phone, title, children }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  const close = () => (phone.sheet.value = null);
  const closeOutside = ({ target }) => target === dialog.current && close();
  return html`<dialog class="sheet-low" ref=${dialog} aria-labelledby="sheet-title"
    onClose=${close} onClick=${closeOutside}>
    <div class="sheet-low-content">
      <h2 id="sheet-title">${title}</h2>
      ${children}
      <${TextAction} className="btn btn-wide" onClick=${close}>${t("Close")}<//>
    </div>
  </dialog>`;
}
