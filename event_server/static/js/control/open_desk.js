/** Brings the dashboard's state and its connection together. */
import { goLive } from "../live.js";
import { Desk } from "./desk.js";

/**
 * @param {{page: object, control: object, room: object}} first the data blocks of the page
 * @param {object} [line] other sockets, storages and clocks for tests
 */
export function openDesk({ page, control, room }, line = {}) {
  const desk = new Desk(page, { control, room });
  const live = goLive({
    url: new URL(page.socket, globalThis.location?.href).href.replace(/^http/, "ws"),
    pollUrl: page.poll,
    postUrl: page.post,
    name: page.name,
    view: { now: control.now },
    onOther: (message) => desk.take(message),
    onAccepted: ({ id, entry }) => desk.accepted(id, entry),
    onRefused: (refusal) => desk.refused(refusal),
    ...line,
  });
  return desk.join(live);
}
