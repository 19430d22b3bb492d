/** The footer: the same help in the same place on every phone screen. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { language, t } from "../i18n.js";
import { areDoorsOpen } from "./screen.js";

export function Foot({ phone }) {
  const { page, view } = phone;
  const mayLeave = view.value.me.status !== "left" && (areDoorsOpen(view.value) || view.value.phase === "wrap_up");
  return html`<nav class="foot" aria-label=${t("Help and more")}>
    <button type="button" onClick=${() => (phone.sheet.value = "help")}>
      <${Icon} name="life-buoy" />${t("Help")}
    </button>
    <a href=${page.card}><${Icon} name="id-card" />${t("My card")}</a>
    <${LanguageSwitch} page=${page} />
    ${mayLeave &&
    html`<button type="button" onClick=${() => (phone.sheet.value = "leave")}>
      <${Icon} name="log-out" />${t("I'm leaving")}
    </button>`}
  </nav>`;
}

/** Posts the next language of the page and comes back to it: the texts come with the page. */
function LanguageSwitch({ page }) {
  const others = page.languages.filter(([code]) => code !== language());
  return others.slice(0, 1).map(
    ([code, name]) => html`<form method="post" action=${page.language}>
      <input type="hidden" name="language" value=${code} />
      <input type="hidden" name="next" value=${page.here} />
      <button type="submit" lang=${code}><${Icon} name="languages" />${name}</button>
    </form>`,
  );
}
