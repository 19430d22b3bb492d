/** Names to tables: pages in the order of the alphabet, without any animation. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { Mark } from "../ring.js";
import { TableChip } from "../table.js";
import { NAMES_NARROW, NAMES_WIDE, namePage } from "./pages.js";
import { clockOf } from "./standing.js";

export function Names({ wall, view }) {
  const size = wall.isNarrow.value ? NAMES_NARROW : NAMES_WIDE;
  const time = { now: wall.live.now.value, since: wall.since(view) };
  const page = namePage(view.names ?? [], { size, ...time, until: view.ends_at });
  const title = t("Round %(round)s: to the tables", { round: view.round });
  return html`<div class="wall wall-list">
    <header class="wall-head">
      <h1>${title}</h1>
      <${Start} clock=${clockOf(view, time)} />
    </header>
    <ul class="wall-names">
      ${page.names.map(({ name, table }, i) => html`<li key=${i}><bdi>${name}</bdi><${Place} table=${table ?? 0} /></li>`)}
    </ul>
    <footer class="wall-foot">
      ${view.message
        ? html`<span class="wall-spark" role="status">${view.message.text}</span>`
        : html`<span class="wordmark"><${Mark} />Girotondo</span>`}
      <${PageLine} page=${page} />
    </footer>
  </div>`;
}

function Start({ clock }) {
  if (!clock) return null;
  const time = html`<span class="wall-count" role="timer">${minutesAndSeconds(clock.remaining)}</span>`;
  if (clock.isPaused) return html`<p class="wall-soft"><${Icon} name="pause" />${t("paused")} ${time}</p>`;
  if (!clock.remaining) return html`<p class="wall-spark">${t("we start any moment")}</p>`;
  return html`<p class="wall-soft">${t("we start in")} ${time}</p>`;
}

function Place({ table }) {
  if (table) return html`<${TableChip} table=${table} />`;
  return html`<span class="wall-rest"><${Icon} name="coffee" />${t("sits out")}</span>`;
}

function PageLine({ page: { letters, page, pages, turnsIn } }) {
  if (pages < 2) return html`<span class="wall-soft">${letters}</span>`;
  const words = t("page %(page)s of %(pages)s, changes in %(n)s s", { page, pages, n: turnsIn });
  return html`<span><b>${letters}</b> <span class="wall-soft">${words}</span></span>`;
}
