/** How good the plan is: what is proven, what may be missing, and what holds for everybody. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { planWords } from "./plan_words.js";

const WIDTH = 300;
const CEILING = 4;
/** A gap of a thousandth is still to be seen. */
const LEAST_GAP = 6;

export function PlanCard({ desk }) {
  const { plan, phase, counts } = desk.control.value;
  if (phase === "wrap_up" || phase === "closed") return null;
  const { urls } = desk.page;
  return html`<div class="card plan-card">
    <div class="row row-nowrap">
      <h2>${t("How good the plan is")}</h2>
      ${urls?.plan && html`<a class="link-action" href=${urls.plan}>${t("Open")}</a>`}
    </div>
    ${plan ? html`<${Quality} plan=${plan} />` : html`<p class="soft">${emptyWords(counts)}</p>`}
    ${desk.allows("Replan") && plan && html`<${Again} desk=${desk} />`}
  </div>`;
}

function Quality({ plan }) {
  const { share, label, gap, sentence, proofs } = planWords(plan);
  return html`
    ${share && html`<p class="quality"><b>${share}</b> ${label}</p>`}
    ${share && html`<${Bar} gap=${gap} />`}
    <p>${sentence}</p>
    <ul class="proofs">
      ${proofs.map(
        ({ isMet, text }) => html`<li key=${text} class=${isMet ? "" : "is-unmet"}>
          <${Icon} name=${isMet ? "check" : "triangle-alert"} /><span>${text}</span>
        </li>`,
      )}
    </ul>
    <p class=${plan.current ? "saved" : "waiting"}>
      <${Icon} name=${plan.current ? "check" : "hourglass"} />
      ${plan.current ? t("Made for who is here now") : t("A newer plan is being made")}
    </p>`;
}

function Bar({ gap }) {
  const room = WIDTH - CEILING;
  const gapWidth = gap > 0 ? Math.max(LEAST_GAP, room * gap) : 0;
  const valueWidth = room - gapWidth - (gap > 0 ? 3 : 0);
  return html`<svg class="quality-bar" viewBox=${`0 0 ${WIDTH} 18`} preserveAspectRatio="none" aria-hidden="true">
    <rect class="quality-value" y="4" width=${valueWidth} height="11" rx="5.5" />
    ${gap > 0 && html`<rect class="quality-gap" x=${room - gapWidth} y="4" width=${gapWidth} height="11" rx="2" />`}
    <rect class="quality-ceiling" x=${room} width=${CEILING} height="18" rx="1" />
  </svg>`;
}

function emptyWords({ present }) {
  if (present < 2) return t("The plan is made as soon as two people are here.");
  return t("The plan is being made. It takes seconds.");
}

/** Another draw for the rounds to come; the server keeps the better one. */
function Again({ desk }) {
  const draw = () => desk.send({ type: "Replan", seed: Math.floor(Math.random() * 2 ** 31) });
  return html`<button class="btn btn-small btn-text plan-again" onClick=${draw}>
    <${Icon} name="shuffle" />${t("Look for another")}
  </button>`;
}
