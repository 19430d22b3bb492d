/** What is said once a command is done that leaves no line in the history, and what takes it back. Pure. */
import { t } from "../i18n.js";

/**
 * @param {object} command
 * @param {string} name of the person it is about
 * @returns {{text: string, undo?: object} | undefined} `undo` is a command
 */
export function afterwards(command, name) {
  return SENTENCES[command.type]?.(command, name);
}

const SENTENCES = {
  Leave: ({ attendee }, name) => ({ text: t("%(name)s has left", { name }), undo: { type: "Return", attendee } }),
  Rest: ({ attendee }, name) => ({ text: t("%(name)s takes a rest", { name }), undo: { type: "Return", attendee } }),
  Return: (_, name) => ({ text: t("%(name)s is back in", { name }) }),
  UndoCheckIn: ({ attendee }, name) => ({
    text: t("Check-in of %(name)s undone", { name }),
    undo: { type: "CheckIn", attendee },
  }),
  PostMessage: ({ to }) => ({ text: to === "all" ? t("Message sent to the room") : t("Message sent") }),
  ChangeTable: () => ({ text: t("Table changed") }),
  AnswerHelp: (_, name) => ({ text: t("%(name)s knows that somebody is coming", { name }) }),
};
