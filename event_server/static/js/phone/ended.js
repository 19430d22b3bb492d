/** No connection will come back: no login, another screen took over, the event is over. Each page says what next. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { Mark } from "../ring.js";
import { OwnData } from "./help.js";
import { Primary } from "./parts.js";
import { Shell } from "./shell.js";

/** @param {{phone: object, why: "no_login" | "replaced" | "event_over" | string}} props */
export function Ended({ phone, why }) {
  const { title, text, action } = ending(phone, why);
  return html`<div class="phone">
    <div class="hero hero-off">
      <${Mark} className="mark-big mark-middle" />
      <h1 class="title" tabindex="-1">${title}</h1>
      <p class="hero-text">${text}</p>
    </div>
    <main class="phone-main" id="main">
      ${phone.live.outbox.waiting.value > 0 &&
      html`<p class="waiting"><${Icon} name="hourglass" />${t("Some answers still wait on this phone.")}</p>`}
    </main>
    ${action && html`<div class="actions">${action}</div>`}
  </div>`;
}

function ending(phone, why) {
  switch (why) {
    case "no_login":
      return {
        title: t("We don't know you any more"),
        text: t("Scan your badge again, or ask at the desk. Your answers are safe."),
        action: html`<${Primary} icon="log-in" href=${phone.page.join}>${t("Come in again")}<//>`,
      };
    case "replaced":
      return {
        title: t("Open on another screen"),
        text: t("You can follow the evening there, or go on here."),
        action: html`<${Primary} icon="refresh-cw" onClick=${() => phone.live.reopen()}>${t("Use this screen")}<//>`,
      };
    case "event_over":
      return {
        title: t("The evening is over"),
        text: t("Thank you for being there."),
        action: html`<${Primary} icon="refresh-cw" href=${phone.page.here}>${t("Look again")}<//>`,
      };
    default:
      return {
        title: t("This page is too old"),
        text: t("The server has been renewed meanwhile. Load the page again: nothing is lost."),
        action: html`<${Primary} icon="refresh-cw" href=${phone.page.here}>${t("Load again")}<//>`,
      };
  }
}

/** Closed without contacts to show. */
export function Closed({ phone }) {
  const thanks = t("Thank you for being there, %(name)s.", { name: phone.view.value.me.first });
  const top = html`<h1 class="title" tabindex="-1">${t("The evening is over")}</h1><p class="hero-text">${thanks}</p>`;
  return html`<${Shell} phone=${phone} ground="hero-rest" top=${top}>
    <p class="soft">${t("What you wrote about yourself is in “My card”.")}</p>
    <${OwnData} page=${phone.page} />
  <//>`;
}
