/** A private note: kept while it is typed, saved a moment after. */
import { html, useEffect, useId, useRef, useState } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { TextAction } from "./parts.js";
import { firstName } from "./words.js";

const PAUSE_MS = 1200;
const MOST_CHARACTERS = 2000;

export function NoteField({ phone, met, hasFocus = false }) {
  const id = useId();
  const field = useRef(null);
  const timer = useRef(0);
  const { note } = phone.answers.about(met);
  const save = () => {
    clearTimeout(timer.current);
    const text = field.current?.value.trim() ?? "";
    if (field.current && text !== phone.answers.about(met).note) phone.answers.note(met, text);
  };
  const saveSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(save, PAUSE_MS);
  };
  useEffect(() => {
    const typed = field.current;
    // The server's text is put in once: a view must never overwrite what somebody is typing.
    typed.value = note;
    if (hasFocus) typed.focus();
    globalThis.addEventListener("pagehide", save);
    return () => {
      globalThis.removeEventListener("pagehide", save);
      field.current = typed;
      save();
    };
  }, []);
  return html`<div class="field">
    <label for=${id}>${t("Your note about %(name)s", { name: firstName(met.name) })}</label>
    <textarea class="input" id=${id} ref=${field} rows="3" maxlength=${MOST_CHARACTERS}
      onInput=${saveSoon} onBlur=${save} placeholder=${t("What you promised, what you want to remember")}></textarea>
    <p class="hint">${t("Only you see it. It goes with your contacts at the end.")}</p>
  </div>`;
}

/** The way to a note about somebody at the table; `isOnly`: nobody else sits there. */
export function PrivateNote({ phone, partner, isOnly }) {
  const [isOpen, setOpen] = useState(false);
  const met = { ...partner, round: phone.view.value.round, ...known(phone, partner.id) };
  const { note } = phone.answers.about(met);
  if (isOpen) return html`<${NoteField} phone=${phone} met=${met} hasFocus />`;
  return html`<div class="row">
    <${TextAction} className="link-action" icon="pen-line" onClick=${() => setOpen(true)}>
      ${noteWords(Boolean(note), isOnly, firstName(partner.name))}
    <//>
  </div>`;
}

function noteWords(hasNote, isOnly, name) {
  if (hasNote) return t("Your note about %(name)s", { name });
  return isOnly ? t("A note only you see") : t("A note about %(name)s only you see", { name });
}

function known(phone, id) {
  const { met = [], round } = phone.view.value;
  return met.find((one) => one.id === id && one.round === round) ?? {};
}
