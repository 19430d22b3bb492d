/** After a round: who to see again. A screen, not a window: every answer stays open until contacts are shown. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { AnswerList } from "./answer_list.js";
import { Ledger } from "./ledger.js";
import { People } from "./people.js";
import { Primary, TimeLeft } from "./parts.js";
import { peopleToAnswer } from "./screen.js";
import { Shell } from "./shell.js";
import { remaining } from "./time.js";
import { privacyWords } from "./words.js";

export function Feedback({ phone }) {
  const view = phone.view.value;
  const people = peopleToAnswer(view);
  const now = people.filter(({ round }) => round === view.round);
  // Who was met again is asked about once, here.
  const asked = new Set(now.map(({ id }) => id));
  const isDone = phone.memory.get("done") === view.round || now.length === 0;
  return isDone
    ? html`<${Done} phone=${phone} hasMet=${now.length > 0} people=${people} />`
    : html`<${Asking} phone=${phone} people=${now} earlier=${people.filter(({ id }) => !asked.has(id))} />`;
}

function Asking({ phone, people, earlier }) {
  const round = phone.view.value.round;
  const actions = html`<div class="row">
    <${Next} phone=${phone} />
    <${Primary} icon="check" onClick=${() => phone.memory.set("done", round)}>${t("Done")}<//>
  </div>`;
  return html`<${Shell} phone=${phone} top=${Asked(phone)} actions=${actions}>
    <${AnswerList} phone=${phone} people=${people} />
    <p class="soft">${t("Nobody sees a “no”. You can change your mind until the end of the evening.")}</p>
    <${Maybe} me=${phone.view.value.me} />
    <${People} phone=${phone} people=${earlier} title=${t("From earlier rounds")} />
  <//>`;
}

/** For who agreed that answers teach: what "maybe" does, and what it does not. */
function Maybe({ me }) {
  return me.learning && html`<p class="soft">
    ${t("“Maybe” is never shown. It only helps to choose better next time.")}
  </p>`;
}

/** Answered, or nobody met this round: look up from the phone. */
function Done({ phone, hasMet, people }) {
  const [title, words] = hasMet
    ? [t("All set. Look up."), t("Your answers are saved as you give them.")]
    : [t("Almost time"), t("The next round begins soon.")];
  const top = html`<h1 class="title title-snug" tabindex="-1">${title}</h1><p class="hero-text">${words}</p>`;
  const change = html`<button type="button" class="btn" onClick=${() => phone.memory.set("done", 0)}>
    <${Icon} name="undo-2" />${t("Change")}
  </button>`;
  const actions = html`<div class="row"><${Next} phone=${phone} />${hasMet && change}</div>`;
  return html`<${Shell} phone=${phone} top=${top} actions=${actions}>
    <${Ledger} phone=${phone} />
    <${People} phone=${phone} people=${people} title=${t("The people you met")} />
  <//>`;
}

/** The question and, never hidden by scrolling, who will know. */
export function Asked(phone) {
  return html`<h1 class="title title-snug" tabindex="-1">${t("Who would you like to see again?")}</h1>
    <p class="hero-text strong"><${Icon} name="lock" />${privacyWords(phone.view.value)}</p>`;
}

function Next({ phone }) {
  const view = phone.view.value;
  const left = remaining(view, phone.now.value);
  const isLast = view.round >= view.rounds;
  if (view.phase !== "feedback" || !left) {
    const soon = isLast ? t("The end comes soon") : t("The next round comes soon");
    return html`<span class="countdown countdown-due">${soon}</span>`;
  }
  const until = isLast ? t("to the end") : t("to round %(round)s", { round: view.round + 1 });
  return html`<span class="countdown"><${TimeLeft} phone=${phone} /> ${view.paused ? t("Paused") : until}</span>`;
}
