/** The state of the dashboard: newest views, what is open, what was said, and the ways to act. */
import { computed, effect, signal } from "../../vendor/preact.js";
import { randomId } from "../outbox.js";
import { t } from "../i18n.js";
import { afterwards } from "./afterwards.js";
import { extended } from "./clockwork.js";
import { notices } from "./history.js";
import { refusalSentence } from "./refusals.js";
import { people } from "./room_plan.js";
import { STEERING, Steering } from "./steering.js";
import { Toasts } from "./toasts.js";

export const GRACE_MS = 5000;

export class Desk {
  /** What is open beside the room: null or {kind, …}. */
  panel = signal(null);
  isTroubleOnly = signal(false);
  /** Keys of attention items put aside on this screen. */
  aside = signal(new Set());
  toasts = new Toasts();
  /** Names outlive the room: who has just left is to be named once more. */
  #names = new Map();

  constructor(page, { control, room }) {
    this.page = page;
    this.control = signal(this.#permitted(control));
    this.room = signal(room);
    this.people = computed(() => new Map(people(this.room.value).map((person) => [person.id, person])));
    this.#remember(room);
  }

  join(live) {
    this.live = live;
    this.now = live.now;
    const send = (command, expect) => live.command(command, { expect }).id;
    this.steering = new Steering({ control: this.control.value, send });
    // A poll answers with both sections in one view.
    effect(() => {
      const { control, room } = live.view.value;
      [control, room].forEach((section) => section && this.take(section));
    });
    return this;
  }

  take(message) {
    if (message.t === "room") this.#remember((this.room.value = message));
    if (message.t !== "control") return;
    const [before, after] = [this.control.peek(), this.#permitted(message)];
    this.control.value = after;
    this.steering.update(after);
    notices(before, after, this.page).forEach(({ text, undo }) =>
      this.toasts.show({ text, undo: undo?.(after) && (() => this.steer(undo)) }),
    );
  }

  /** Does a command now; steering ones may be made from the newest view and the server's time. */
  steer(command) {
    const make = typeof command === "function" ? command : () => command;
    this.steering.steer((control) => make(control, this.live.clock.now()));
  }

  send(command, text) {
    return STEERING.has(command.type) ? this.steer(command) : this.live.command(command, { text });
  }

  /** An action of a button: at once, after a moment in which it can be taken back, or after a question. */
  act(action, { isHasty = false } = {}) {
    if (action.asks) this.panel.value = { kind: "ask", action };
    else if (isHasty || action.type === "EndRound") this.#soon(action);
    else this.steer({ type: action.type });
  }

  #soon({ type, soon }) {
    const { phase, round } = this.control.peek();
    const isStill = (control) => control.phase === phase && control.round === round && control.allowed.includes(type);
    this.toasts.countdown({
      key: type,
      text: t("%(deed)s in five seconds", { deed: soon }),
      delay: GRACE_MS,
      run: () => this.steer((control) => (isStill(control) ? { type } : null)),
    });
  }

  extend(minutes) {
    this.steer((control, now) => ({ type: "ExtendRound", ends_at: extended(control, now, minutes) }));
  }

  /** After the server was away: so much time for the phase that stood still, and on. */
  giveTime(minutes) {
    this.extend(minutes);
    this.steer((control) => (control.allowed.includes("Resume") ? { type: "Resume" } : null));
  }

  post(text, to = "all") {
    this.send({ type: "PostMessage", message: randomId(), to }, text);
  }

  putAside(key) {
    this.aside.value = new Set([...this.aside.peek(), key]);
  }

  allows(type) {
    return this.control.value.allowed.includes(type);
  }

  accepted(id, entry) {
    this.steering.accepted(id);
    const done = entry && afterwards(entry.command, this.#nameOf(entry.command.attendee));
    if (done) this.toasts.show({ text: done.text, undo: done.undo && (() => this.send(done.undo)) });
  }

  refused({ code, detail, entry }) {
    const scene = { control: this.control.peek(), names: (attendee) => this.#nameOf(attendee) };
    this.toasts.show({ text: refusalSentence({ code, detail }, scene), isAlarm: true });
    this.steering.refused(entry?.id);
  }

  #nameOf(attendee) {
    return this.#names.get(attendee) ?? t("Somebody");
  }

  #remember(room) {
    people(room).forEach(({ id, name }) => this.#names.set(id, name));
  }

  /** A role may do less than the phase allows. */
  #permitted(control) {
    const { may } = this.page;
    return may ? { ...control, allowed: control.allowed.filter((type) => may.includes(type)) } : control;
  }
}
