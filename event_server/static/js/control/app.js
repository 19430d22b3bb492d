/** The dashboard as a whole: bar, alarms, three columns, the bottom bar of a phone, and what opens beside. */
import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Alarms } from "./alarms.js";
import { Announcer } from "./announcer.js";
import { AsksCard } from "./asks_card.js";
import { ClockCard } from "./clock_card.js";
import { DeskBar, Links } from "./desk_bar.js";
import { LiveBar } from "./live_bar.js";
import { Panel } from "./panel.js";
import { PlanCard } from "./plan_card.js";
import { Queue } from "./queue.js";
import { RoomBoard } from "./room_board.js";
import { Controls } from "./controls.js";
import { ToastList } from "./toast_list.js";

export function App({ desk }) {
  return html`
    <${DeskBar} desk=${desk} />
    <${Alarms} desk=${desk} />
    <main class="live" id="main">
      <section class="live-controls"><${ClockCard} desk=${desk} /><${Controls} desk=${desk} /></section>
      <section class="live-room"><${RoomBoard} desk=${desk} /><${AsksCard} desk=${desk} /></section>
      <section class="live-queue"><${Queue} desk=${desk} /></section>
      <section class="live-plan">
        <${PlanCard} desk=${desk} />
        <nav class="live-links" aria-label=${t("Event")}><${Links} urls=${desk.page.urls} /></nav>
      </section>
    </main>
    <${LiveBar} desk=${desk} />
    <${ToastList} toasts=${desk.toasts} />
    <${Announcer} desk=${desk} />
    <${Panel} desk=${desk} />
  `;
}
