"""Every refusal in words: code -> English sentence; the catalogs translate."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from event_server.web.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.domain.messages import Refused
    from event_server.web.i18n import Catalog

UNKNOWN = N_("This is not possible right now.")

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # Who somebody is
        "login_needed": N_("Please come in first: scan your badge or sign in."),
        "not_allowed": N_("This is not yours to do. Ask the organizers."),
        "wrong_origin": N_("This request did not come from a page of this server."),
        "login_wrong": N_("E-mail or password is wrong."),
        "password_short": N_("Choose a password of at least %(least)s characters."),
        "link_used": N_("This link has been used or is too old. Ask for a new one."),
        "claim_unknown": N_("We don't know this badge. Ask at the desk."),
        "code_unknown": N_("We don't know this code. Check the letters, or ask at the desk."),
        "claim_refused": N_("The desk could not confirm that this is you. Go and say hello."),
        "consent_missing": N_("To take part, tick the box about your data."),
        "search_short": N_("Write at least %(least)s letters of your name."),
        "name_unknown": N_("Nobody of this name is on the list. Check the spelling, or ask at the desk."),
        "no_walk_ins": N_("New people cannot join any more this evening."),
        "too_many_tries": N_("Too many tries. Wait a minute, then try again."),
        "already_set_up": N_("This server has been set up. Sign in instead."),
        "role_unknown": N_("Choose what the person may do."),
        "last_organizer": N_("An event needs an organizer: invite another one first."),
        "email_taken": N_("This e-mail already has an account."),
        "attendee_missing": N_("Say who is meant."),
        "server_running": N_("Another Girotondo is running on this data folder."),
        # Requests and forms
        "not_found": N_("There is nothing here."),
        "method_not_allowed": N_("This address does not take that kind of request."),
        "body_too_large": N_("That is too large: at most %(most)s bytes."),
        "form_unreadable": N_("The form could not be read. Go back and send it again."),
        "number_invalid": N_("Write a number."),
        "moment_invalid": N_("Write a date and a time."),
        "timezone_invalid": N_("Choose a time zone of the list."),
        "upload_missing": N_("Choose a file first."),
        "minutes_out_of_range": N_("Write more than 0 and at most %(most)s minutes."),
        "number_out_of_range": N_("Write a number from %(least)s to %(most)s."),
        "title_missing": N_("Give the evening a name."),
        "languages_missing": N_("Choose at least one language."),
        "person_not_found": N_("Nobody on the list has this name or badge code."),
        "person_ambiguous": N_("%(count)s people have this name: use the badge code."),
        "confirm_wrong": N_("Write the badge code %(badge)s to confirm. Nothing was deleted."),
        "confirm_missing": N_("Tick the box to confirm: this cannot be taken back."),
        "bad_message": N_("The message could not be read."),
        "text_missing": N_("Write something first."),
        "too_many_messages": N_("Too many messages. The connection was closed."),
        "not_stored": N_("This could not be saved. It is kept and tried again."),
        "server_error": N_("Something went wrong on our side. Try again in a moment."),
        # The evening
        "no_such_event": N_("There is no such event."),
        "event_exists": N_("This event exists already."),
        "wrong_phase": N_("This is not possible at this point of the evening."),
        "expect_missing": N_("Reload the page and try again."),
        "stale": N_("Somebody else was faster. Look again before you go on."),
        "no_clock": N_("No clock is running now."),
        "no_round": N_("No round is running now."),
        "no_more_rounds": N_("All rounds have been held."),
        "no_plan": N_("There is no plan for this round yet. Wait a moment, or plan again."),
        "no_proof": N_("There is no proof of this plan. One comes with the next plan."),
        "plan_ahead": N_("This plan was made for a later moment of the evening."),
        "time_too_far": N_("That is too far away: at most %(most)s seconds."),
        "nobody_left_to_meet": N_("Everybody here has met everybody they may meet."),
        "too_few_present": N_("Too few people are here for a round."),
        "time_is_past": N_("This moment has already passed."),
        "rule_out_of_range": N_("This value is not possible."),
        "rounds_already_called": N_("%(called)s rounds have been called already."),
        "tables_too_few": N_("At least %(needed)s tables are in use."),
        "tables_in_use": N_("People sit at the tables now: change their size between two rounds."),
        "weights_all_zero": N_("Something must count: leave at least one above 0."),
        "plan_outdated": N_("The plan has changed meanwhile."),
        # People and tables
        "unknown_attendee": N_("This person is not on the list any more."),
        "too_many_people": N_("An event holds at most %(most)s people."),
        "same_person": N_("Choose two different people."),
        "ask_the_door": N_("Please check in at the desk."),
        "already_seated": N_("This person already has a seat in a round."),
        "not_present": N_("This person is not here."),
        "not_seated": N_("This person sits at no table in this round."),
        "seated_twice": N_("Nobody can sit at two tables."),
        "table_full": N_("Table %(table)s is full."),
        "no_such_table": N_("There is no table %(table)s."),
        "wrong_table": N_("This person has a fixed table."),
        "already_met": N_("These two have met already."),
        "must_not_meet": N_("These two must not meet."),
        "same_side": N_("These two are on the same side."),
        "fixed_apart": N_("These two have different fixed tables."),
        "no_such_round": N_("There is no such round."),
        # Answers
        "not_met": N_("You did not meet this person in this round."),
        "answers_closed": N_("Answers are closed: contacts have been shown."),
        "not_revealed": N_("Contacts have not been shown yet."),
        "rating_out_of_range": N_("Choose a number from 1 to 5."),
        # Profiles
        "name_missing": N_("Write a name."),
        "name_too_long": N_("This name is too long: at most %(limit)s characters."),
        "email_invalid": N_("This is no e-mail address."),
        "phone_invalid": N_("This is no phone number."),
        "link_invalid": N_("This is no web address."),
        "text_too_long": N_("This text is too long: at most %(limit)s characters."),
        "tag_too_long": N_("Each word or phrase: at most %(limit)s characters."),
        "too_many_tags": N_("At most %(limit)s of these."),
        "tag_unknown": N_("Nobody on the list has this word."),
        "tag_curated": N_("This word is on the list already: it keeps its meaning."),
        "tags_same": N_("These two mean the same already."),
        "choice_unknown": N_("Choose from the list."),
        "seniority_invalid": N_("Choose a number from 1 to 5."),
        "language_invalid": N_("Choose a language of the list."),
        # Questions
        "questions_missing": N_("Leave at least one question to begin with."),
        "question_too_long": N_("“%(question)s…” is too long: at most %(limit)s characters."),
        "too_many_questions": N_("At most %(limit)s questions here."),
        "tag_place_missing": N_("“%(question)s” needs {tag} where the shared word is to stand."),
        "tag_place_unknown": N_(
            "“%(question)s”: {tag} is filled in only where two have something in common."
        ),
        # Lists
        "paste_too_large": N_("That is too much to paste: save it as a file and bring that."),
        "import_gone": N_("This list is not kept any more: bring it once again. Nothing was imported."),
        "import_changed": N_("The people on the list have changed meanwhile. Look again, then apply."),
        "import_nobody": N_("No row of this list is a person who comes. Check the columns."),
        "import_has_problems": N_("%(count)s rows still need to be mended or left out."),
        "list_empty": N_("The list is empty."),
        "list_encoding_unknown": N_("The letters of this list cannot be read. Save it as CSV in UTF-8."),
        "list_is_binary": N_("This is no text file. Save the list as CSV."),
        "list_is_spreadsheet": N_("This is a spreadsheet. Save it as CSV first."),
        "list_too_large": N_("This list is too large: at most 5 MB."),
        "list_too_many_columns": N_("This list has %(columns)s columns; at most %(limit)s are possible."),
        "list_too_many_rows": N_("This list has %(rows)s rows; at most %(limit)s are possible."),
        "list_unreadable": N_("Row %(row)s of this list cannot be read."),
        "list_without_people": N_("There is nobody on this list."),
    }
)
"""Every code that anything here refuses with."""

_STATUS: Mapping[str, int] = MappingProxyType(
    {
        "bad_message": 400,
        "login_needed": 401,
        "login_wrong": 403,
        "not_allowed": 403,
        "wrong_origin": 403,
        "link_used": 403,
        "claim_unknown": 403,
        "claim_refused": 403,
        "not_found": 404,
        "no_such_event": 404,
        "method_not_allowed": 405,
        "body_too_large": 413,
        "list_too_large": 413,
        "paste_too_large": 413,
        "too_many_tries": 429,
        "server_error": 500,
        "not_stored": 503,
    }
)
_WRONG_INPUT = ("_invalid", "_missing", "_too_long", "_short", "_unreadable", "_out_of_range", "_unknown")


def status_of(code: str) -> int:
    """Return the HTTP status that goes with ``code``; 409 where the moment is wrong rather than the input."""
    return _STATUS.get(code, 422 if code.endswith(_WRONG_INPUT) else 409)


def sentence(texts: Catalog, refused: Refused) -> str:
    """Return ``refused`` in words; values that the sentence does not name are left out."""
    text = texts.gettext(SENTENCES.get(refused.code, UNKNOWN))
    try:
        return text % refused.detail if "%(" in text else text
    except KeyError:
        return texts.gettext(UNKNOWN)
