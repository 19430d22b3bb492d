/** Before the first round: the code to scan, the address to type, and who is here already. */
import { html } from "../../vendor/preact.js";
import { clockTime } from "../format.js";
import { language, t, tn } from "../i18n.js";
import { Mark, RoomRing } from "../ring.js";
import { Panel, Qr } from "./parts.js";

export function Welcome({ wall, view }) {
  const { join, wifi } = wall.page;
  const { present = 0, expected = 0 } = view;
  return html`<div class="wall wall-split wall-split-end wall-welcome">
    <div class="wall-words">
      <span class="wordmark"><${Mark} />Girotondo</span>
      <div class="wall-main">
        <h1>${view.title}</h1>
        ${view.phase === "draft" ? html`<${Opening} wall=${wall} view=${view} />` : html`<${Address} join=${join} />`}
      </div>
      <div class="wall-bottom">
        <${Panel} view=${view} />
        ${!view.message && html`<div class="wall-arrivals">
          <p><b>${present}</b><span class="wall-soft">${tn("is here", "are here", present)}</span></p>
          ${wifi && html`<${Qr} qr=${wifi.qr} label=${t("Wi-Fi code")} isSmall />
            <p><span class="wall-soft">Wi-Fi</span><br />${wifi.name}</p>`}
        </div>`}
      </div>
    </div>
    <${RoomRing} expected=${expected} arrived=${present} me=${present - 1}>
      ${join?.qr && html`<${Qr} qr=${join.qr} label=${t("Code to join")} />`}
    <//>
  </div>`;
}

function Address({ join }) {
  if (!join?.address) return html`<p class="wall-soft">${t("Check in at the door")}</p>`;
  // The code must not be torn apart: a long address breaks before its path.
  const [host, ...rest] = join.address.split("/");
  const path = rest.length ? `/${rest.join("/")}` : "";
  return html`<p class="wall-soft">${t("Scan the code, or open")}</p>
    <p class="wall-spark wall-url">${host}${path && html`<wbr />${path}`}</p>`;
}

/** The doors are closed still. */
function Opening({ wall, view }) {
  if (view.doors_at === undefined) return html`<p class="wall-soft">${t("We open soon.")}</p>`;
  const form = { language: language(), timeZone: wall.page.timezone };
  const words = t("We begin at %(time)s", { time: clockTime(view.doors_at, form) });
  return html`<p class="wall-soft">${words}</p>`;
}
