/** Why the server said no, as a sentence that says what to do. Pure. */
import { t } from "../i18n.js";
import { deed } from "./history.js";

/**
 * @param {{code: string, detail: object}} refusal
 * @param {{control: object, names: (attendee: string) => string}} scene the newest view, and who is who
 * @returns {string}
 */
export function refusalSentence({ code, detail }, scene) {
  const sentence = SENTENCES[code];
  return sentence ? sentence(detail ?? {}, scene) : t("That did not work (%(code)s). Nothing has changed.", { code });
}

/** The server names the account; its history names the person. */
function overtaken({ did }, { control }) {
  const line = control.history?.find((one) => one.did === did) ?? { did, round: control.round };
  const words = { deed: deed(line), name: line.by };
  return line.by
    ? t("%(name)s was faster: %(deed)s. Look at the room, then press again if it is still right.", words)
    : t("The evening moved on meanwhile: %(deed)s. Look at the room, then press again if it is still right.", words);
}

const pairOf = ({ attendee, other }, { names }) => ({ one: names(attendee), other: names(other) });

const SENTENCES = {
  stale: overtaken,
  expect_missing: () => t("This page is too old. Load it again."),
  not_stored: () => t("The server could not save that. Nothing has changed; try again in a moment."),
  not_allowed: () => t("Your role does not include that. Ask an organizer."),
  login_needed: () => t("Your login has ended. Log in again."),
  wrong_phase: () => t("That is not possible just now: the evening is in another phase."),
  no_plan: () => t("There is no plan for this round yet. It is being made: try again in a moment."),
  no_more_rounds: ({ rounds }) => t("All %(rounds)s rounds are over.", { rounds }),
  nobody_left_to_meet: () => t("Everybody here has met everybody. The evening can be finished."),
  too_few_present: ({ present }) => t("It takes two: %(present)s here now. Check people in first.", { present }),
  no_clock: () => t("There is no clock to change just now."),
  time_is_past: () => t("That time is already past."),
  time_too_far: () => t("That is too long."),
  no_such_round: () => t("That round is over. Nothing has changed."),
  no_such_table: ({ table }) => t("There is no table %(table)s in this room.", { table }),
  not_present: ({ attendee }, { names }) => t("%(name)s is not here any more.", { name: names(attendee) }),
  seated_twice: ({ attendee }, { names }) => t("%(name)s would sit at two tables.", { name: names(attendee) }),
  table_full: ({ table }) => t("Table %(table)s is full.", { table }),
  wrong_table: ({ attendee, fixed }, { names }) =>
    t("%(name)s always sits at table %(table)s.", { name: names(attendee), table: fixed }),
  already_met: (detail, scene) => t("%(one)s and %(other)s have already met.", pairOf(detail, scene)),
  must_not_meet: (detail, scene) => t("%(one)s and %(other)s must not meet.", pairOf(detail, scene)),
  same_side: (detail, scene) => t("%(one)s and %(other)s are on the same side.", pairOf(detail, scene)),
  fixed_apart: (detail, scene) => t("%(one)s and %(other)s have different fixed tables.", pairOf(detail, scene)),
  already_seated: ({ attendee }, { names }) =>
    t("%(name)s has already sat at a table: mark them as gone instead.", { name: names(attendee) }),
  unknown_attendee: () => t("This person is not on the list any more."),
  text_missing: () => t("There is no text to send."),
  text_too_long: ({ limit }) => t("At most %(limit)s characters.", { limit }),
  too_many_messages: () => t("Too much at once. Wait a moment."),
};
