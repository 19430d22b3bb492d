/** Help: a quiet word to the organizers, what this phone may do, and one's own data. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { Banner, TextAction } from "./parts.js";
import { areDoorsOpen } from "./screen.js";

export function Help({ phone }) {
  const view = phone.view.value;
  return html`${areDoorsOpen(view) && view.me.status !== "left" && html`<${Quietly} phone=${phone} />`}
    ${view.me.status === "present" && areDoorsOpen(view) && html`<${SkipRounds} phone=${phone} />`}
    <${Preferences} cues=${phone.cues} />
    <${OwnData} page=${phone.page} />`;
}

/** What belongs to the guest: another device, a copy of all, being forgotten. */
export function OwnData({ page }) {
  return html`<p class="links">
    <a href=${page.claims}>${t("Use another device")}</a>
    <a href=${page.my_data}>${t("My data as a file")}</a>
    <a href=${page.erase}>${t("Erase my data")}</a>
  </p>`;
}

function Quietly({ phone }) {
  const asked = phone.pending("help")?.kind ?? phone.view.value.me.help;
  const kinds = [
    ["lost", "map-pin", t("I can't find my table")],
    ["alone", "user-x", t("Nobody is at my table")],
    ["noise", "volume-x", t("I can't hear anything here")],
    ["uncomfortable", "shield-check", t("I don't feel comfortable")],
    ["other", "circle-question-mark", t("Something else")],
  ];
  return html`<section class="stack">
    <p class="soft">${t("Only the organizers read this. They come to you quietly.")}</p>
    ${asked && html`<${Banner} icon="check" tone="ok" role="status">
      <p><b>${t("They know.")}</b> ${t("Stay where you are, or come to the desk.")}</p>
    <//>`}
    <div class="asks">
      ${kinds.map(([kind, icon, words]) => html`<button type="button" class="btn ask-row" key=${kind}
        aria-pressed=${asked === kind ? "true" : "false"}
        onClick=${() => phone.send({ type: "AskForHelp", kind }, "help")}><${Icon} name=${icon} />${words}</button>`)}
    </div>
  </section>`;
}

function SkipRounds({ phone }) {
  const rest = () => {
    phone.send({ type: "Rest" }, "status");
    phone.sheet.value = null;
  };
  return html`<div class="row"><${TextAction} className="link-action" icon="coffee" onClick=${rest}>
    ${t("I skip the next rounds")}
  <//></div>`;
}

/** Cues are redundant, and each can be switched off. */
function Preferences({ cues }) {
  const wishes = cues.switches.value;
  const rows = [
    ["sound", t("Sound")],
    ["vibration", t("Vibration")],
    ["awake", t("Keep the screen on")],
  ];
  return html`<section>
    ${rows.map(([name, words]) => html`<label class="switch" key=${name}>
      <input type="checkbox" role="switch" checked=${wishes[name]}
        onChange=${({ currentTarget }) => cues.set(name, currentTarget.checked)} />${words}
    </label>`)}
    ${wishes.awake && !cues.isAwake.value &&
    html`<p class="soft">${t("This phone may still turn dark: touch it now and then.")}</p>`}
  </section>`;
}
