/** The guest's phone: mounts the live screen over what the server has already drawn. */
import { html, render } from "../vendor/preact.js";
import { Cues } from "./cues.js";
import { language } from "./i18n.js";
import { goLive, pageSetup } from "./live.js";
import { Spoken, announce, useHeadingFocus } from "./phone/announce.js";
import { Call } from "./phone/call.js";
import { Closed, Ended } from "./phone/ended.js";
import { Feedback } from "./phone/feedback.js";
import { CheckInFirst, Draft, Lobby } from "./phone/lobby.js";
import { Memory } from "./phone/memory.js";
import { phoneModel } from "./phone/model.js";
import { loadPrompts } from "./phone/prompts.js";
import { Away, Break, SitOut } from "./phone/rest.js";
import { Sheets } from "./phone/sheet.js";
import { Talk } from "./phone/talk.js";
import { Contacts, WrapUp } from "./phone/wrap_up.js";

const SCREENS = {
  draft: Draft,
  check_in: CheckInFirst,
  lobby: Lobby,
  call: Call,
  talk: Talk,
  feedback: Feedback,
  sit_out: SitOut,
  break: Break,
  resting: Away,
  left: ({ phone }) => html`<${Away} phone=${phone} hasLeft />`,
  wrap_up: WrapUp,
  contacts: Contacts,
  closed: Closed,
};

function Phone({ phone, spoken }) {
  useHeadingFocus(phone);
  const why = phone.live.ended.value;
  const Screen = SCREENS[phone.screen.value];
  return html`${why ? html`<${Ended} phone=${phone} why=${why} />` : html`<${Screen} phone=${phone} />`}
    <${Sheets} phone=${phone} /><${Spoken} spoken=${spoken} />`;
}

function start() {
  const setup = pageSetup();
  const page = JSON.parse(document.getElementById("setup").textContent);
  const memory = new Memory({ name: setup.name, ep: setup.view.ep });
  let phone;
  const live = goLive({ ...setup, onRefused: (refusal) => phone.refused(refusal) });
  // A restore or an erasure while this page was closed: what waits here is about an evening that no longer is.
  if (memory.hasForgotten) live.outbox.clear();
  phone = phoneModel({ live, page, memory, cues: new Cues() });
  // Any tap allows sound: most people never touch the button made for it.
  document.addEventListener("click", () => phone.cues.unlock(), { capture: true });
  const root = document.getElementById("phone");
  phone.prompts = loadPrompts(root.dataset.prompts, { name: `${setup.name}.${language()}` });
  root.replaceChildren();
  render(html`<${Phone} phone=${phone} spoken=${announce(phone)} />`, root);
  live.start();
}

start();
