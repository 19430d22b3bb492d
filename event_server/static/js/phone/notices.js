/** What stands above the content of any screen: no network, a pause, a changed plan, a message of the organizers. */
import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Banner, TextAction } from "./parts.js";
import { refusalWords, roughly, timeOfDay } from "./words.js";

export function Notices({ phone }) {
  return html`<${Offline} phone=${phone} /><${Refusal} phone=${phone} /><${Asked} phone=${phone} /><${Moved} phone=${phone} />
    <${Standing} phone=${phone} /><${Added} phone=${phone} /><${Message} phone=${phone} />`;
}

function Offline({ phone }) {
  const lost = phone.offline.value;
  if (!lost) return null;
  const waiting = phone.live.outbox.waiting.value;
  const lead = t("No network for %(time)s.", { time: roughly(lost) });
  return html`<${Banner} icon="wifi-off" tone="warn"><p>
    <b>${lead}</b> ${t("Time goes on here.")}
    ${" "}${waiting > 0
      ? tn("%(n)s thing waits to be sent.", "%(n)s things wait to be sent.", waiting)
      : t("What you choose or write leaves as soon as it is back.")}
  </p><//>`;
}

function Refusal({ phone }) {
  const refusal = phone.refusal.value;
  return refusal && html`<${Banner} icon="info" tone="warn" role="status">
    <p>${refusalWords(refusal.code)}</p><${Dismiss} onClick=${() => (phone.refusal.value = null)} />
  <//>`;
}

/** A second scan of the badge: only this phone, or the desk, can say whether it is the same person. */
function Asked({ phone }) {
  if (!phone.view.value.asked) return null;
  return html`<${Banner} icon="id-card" tone="warn" role="alert">
    <p><b>${t("Another device wants to come in as you.")}</b> <a href=${phone.page.claims}>${t("Look at it")}</a></p>
  <//>`;
}

/** "Plan changed" is the only red notice for guests; it stays until one tap, or until they sit. */
function Moved({ phone }) {
  const { table, round, phase } = phone.view.value;
  if (table?.moved_from === undefined || phase === "feedback") return null;
  const key = `moved.${round}.${table.number}`;
  if (table.arrived || phone.memory.get(key)) return null;
  const was = table.moved_from
    ? t("Now table %(now)s, it was %(was)s.", { now: table.number, was: table.moved_from })
    : t("You have a seat after all: table %(now)s.", { now: table.number });
  return html`<${Banner} icon="triangle-alert" tone="bad">
    <p><b>${t("The plan has changed.")}</b> ${was}</p>
    <${Dismiss} onClick=${() => phone.memory.set(key, true)} />
  <//>`;
}

function Standing({ phone }) {
  const { paused } = phone.view.value;
  if (!paused) return null;
  const why = paused.interrupted
    ? t("The server was away for a moment. The organizers decide how to go on.")
    : t("The organizers go on in a moment. Your time is kept.");
  return html`<${Banner} icon="pause"><p><b>${t("Paused.")}</b> ${why}</p><//>`;
}

function Added({ phone }) {
  const minutes = Math.round((phone.flash.value?.added ?? 0) / 60_000);
  if (!minutes) return null;
  const words = minutes > 0 ? t("+%(n)s min", { n: minutes }) : t("−%(n)s min", { n: -minutes });
  return html`<${Banner} icon="clock" role="status"><p><b>${words}</b></p><//>`;
}

function Message({ phone }) {
  const { message } = phone.view.value;
  if (!message || phone.memory.get("message") === message.id) return null;
  return html`<${Banner} icon="megaphone" role="status">
    <p><b>${timeOfDay(message.at, phone.page)}</b> <bdi>${message.text}</bdi></p>
    <${Dismiss} onClick=${() => phone.memory.set("message", message.id)} />
  <//>`;
}

function Dismiss({ onClick }) {
  return html`<${TextAction} className="btn banner-dismiss" onClick=${onClick}>${t("OK")}<//>`;
}
