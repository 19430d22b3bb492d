"""Opening questions: something to begin with that is not "and what do you do?"."""

from __future__ import annotations

from typing import Final

from event_server.web.i18n import N_

PROMPTS: Final = (
    N_("What help did you get that you did not expect?"),
    N_("What could you talk about for an hour without notes?"),
    N_("What are you learning at the moment?"),
    N_("What is close to your heart that few people know of?"),
    N_("Which small thing would make your week easier?"),
    N_("Whom would you like to meet, and why?"),
    N_("What did you change your mind about lately?"),
    N_("What do people ask your advice on?"),
    N_("What would you do if you had one free day a week?"),
    N_("Which place do you like to show to others?"),
    N_("What have you begun and not finished, and would like to?"),
    N_("What can you do with your hands?"),
    N_("Which encounter has changed your path?"),
    N_("What makes a good day for you?"),
    N_("What is missing in your neighbourhood?"),
    N_("What have you given away and been glad of it?"),
    N_("Which question do you carry with you?"),
    N_("What did you love doing as a child, and do you still?"),
    N_("What would you like to do together with others?"),
    N_("Which book, song or film do you pass on?"),
    N_("What are you proud of that stands on no CV?"),
    N_("What brought you here tonight?"),
    N_("Where would you like to be a beginner?"),
    N_("What do you owe to somebody you never thanked?"),
)
"""Screens show the one whose number, modulo their count, is the view's ``prompt``."""
