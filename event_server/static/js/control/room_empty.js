/** The room while nobody sits at a table: what will appear, and one thing to do. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { EmptyRing } from "../ring.js";

export function Nobody({ desk }) {
  const { title, text, href, icon, words } = emptyWords(desk.control.value, desk.page.urls ?? {});
  const open = () => (desk.panel.value = { kind: "waiting" });
  return html`<div class="empty">
    <${EmptyRing} />
    <h3>${title}</h3>
    <p>${text}</p>
    <div class="buttons">
      ${href && html`<a class="btn" href=${href}><${Icon} name=${icon} />${words}</a>`}
      ${desk.room.value.waiting?.length > 0 && html`<button class="btn" onClick=${open} aria-haspopup="dialog">
        <${Icon} name="users" />${t("Who is here")}
      </button>`}
    </div>
  </div>`;
}

function emptyWords({ phase, round, counts }, { door, results }) {
  if (phase === "wrap_up" || phase === "closed") {
    return {
      title: t("The rounds are over"),
      text: t("What came of them stands under Results."),
      ...{ href: results, icon: "heart-handshake", words: t("Open the results") },
    };
  }
  const link = { href: door, icon: "user-check", words: t("To the door") };
  if (round) {
    return { title: t("Nobody sits at a table now"), text: t("With the next call the tables light up here."), ...link };
  }
  const title = counts.present ? t("Nobody at the tables yet") : t("Nobody in the room yet");
  return { title, text: t("With the first call every table lights up here."), ...link };
}
