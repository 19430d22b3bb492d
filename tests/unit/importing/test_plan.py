"""What importing would do to the people already there."""

import msgspec

from event_server.domain.profile import Profile
from event_server.importing.attendee_list import read_list
from event_server.importing.matching import Known
from event_server.importing.plan import ImportPlan, plan_import
from event_server.importing.rows import ImportRow


def rows(text: str) -> tuple[ImportRow, ...]:
    """Return the rows of a list written as text."""
    return read_list(text.encode()).rows


def applied(plan: ImportPlan, existing: tuple[Known, ...] = ()) -> tuple[Known, ...]:
    """Return everybody after a plan is applied, as an application would store them."""
    people = {known.attendee: known for known in existing}
    for row in plan.new:
        who = f"p{len(people) + 1}"
        people[who] = Known(attendee=who, profile=row.profile, key=row.key, imported=row.profile)
    for change in plan.changed:
        people[change.attendee] = Known(
            attendee=change.attendee, profile=change.profile, key=change.row.key, imported=change.row.profile
        )
    return tuple(people.values())


def imported(text: str) -> tuple[Known, ...]:
    """Return the people of a first list."""
    return applied(plan_import(rows(text), ()))


def known(name: str, email: str = "", **fields: object) -> Known:
    """Return somebody added by hand."""
    return Known(attendee=name, profile=Profile(name=name, email=email, **fields))


FIRST = "Nome;Email;Azienda\nAda Prova;ada@esempio.invalid;Orti\nBo Esempio;bo@esempio.invalid;Officina\n"


def test_same_list_again_changes_nothing() -> None:
    plan = plan_import(rows(FIRST), imported(FIRST))
    assert [same.attendee for same in plan.unchanged] == ["p1", "p2"]
    assert (plan.new, plan.changed, plan.duplicates, plan.withdrawn, plan.missing) == ((), (), (), (), ())


def test_next_list_adds_changes_and_names_who_is_missing() -> None:
    second = (
        "Nome;Email;Azienda\nAda Prova;ada@esempio.invalid;Orti Nuovi\nCleo Finta;cleo@esempio.invalid;\n"
    )
    plan = plan_import(rows(second), imported(FIRST))
    assert [row.name for row in plan.new] == ["Cleo Finta"]
    assert [(change.attendee, change.fields) for change in plan.changed] == [("p1", ("organisation",))]
    assert plan.changed[0].profile.organisation == "Orti Nuovi"
    assert plan.missing == ("p2",)


def test_refund_withdraws_and_is_not_called_missing() -> None:
    head = "Nome;Email;Stato\nAda Prova;ada@esempio.invalid;"
    plan = plan_import(rows(f"{head}rimborsato\n"), imported(f"{head}confermato\n"))
    assert [(gone.attendee, gone.row.reason) for gone in plan.withdrawn] == [("p1", "refunded")]
    assert (plan.new, plan.missing) == ((), ())


def test_row_with_a_problem_keeps_its_person_from_missing() -> None:
    head = "Guest ID;Nome;Email\n7;Ada Prova;"
    plan = plan_import(rows(f"{head}ada\n"), imported(f"{head}ada@esempio.invalid\n"))
    assert (plan.new, plan.withdrawn, plan.missing) == ((), (), ())


def test_person_added_by_hand_is_never_missing_and_is_found_by_address() -> None:
    there = (known("Ada", "ada@esempio.invalid"), known("Gaia Provetta"))
    plan = plan_import(rows(FIRST), there)
    assert [(change.attendee, change.fields) for change in plan.changed] == [
        ("Ada", ("name", "organisation"))
    ]
    assert [row.name for row in plan.new] == ["Bo Esempio"]
    assert plan.missing == ()


def test_one_address_for_two_people_merges_neither() -> None:
    there = (known("Mario Prova", "casa@esempio.invalid"),)
    plan = plan_import(rows("Nome;Email\nMaria Prova;casa@esempio.invalid\n"), there)
    assert [row.name for row in plan.new] == ["Maria Prova"]
    assert [(pair.row, pair.attendee, pair.score, pair.has_same_email) for pair in plan.duplicates] == [
        (2, "Mario Prova", 91, True),
    ]


def test_unique_name_is_enough_and_shared_name_is_not() -> None:
    one = "Nome;Azienda\nAda Prova;Orti\n"
    assert [change.attendee for change in plan_import(rows(one), (known("ADA PROVA"),)).changed] == [
        "ADA PROVA"
    ]
    namesakes = (
        Known(attendee="a1", profile=Profile(name="Ada Prova")),
        Known(attendee="a2", profile=Profile(name="Ada Prova")),
    )
    plan = plan_import(rows(one), namesakes)
    assert [row.name for row in plan.new] == ["Ada Prova"]
    assert [(pair.attendee, pair.score) for pair in plan.duplicates] == [("a1", 100), ("a2", 100)]


def test_same_name_with_another_address_is_asked_about() -> None:
    plan = plan_import(rows(FIRST), (known("Ada Prova", "altra@esempio.invalid"),))
    assert [row.name for row in plan.new] == ["Ada Prova", "Bo Esempio"]
    assert [(pair.row, pair.attendee) for pair in plan.duplicates] == [(2, "Ada Prova")]


def test_decision_of_the_organizer_settles_a_duplicate() -> None:
    there = (known("Ada Prova", "altra@esempio.invalid"),)
    plan = plan_import(rows(FIRST), there, decided={2: "Ada Prova"})
    assert [(change.attendee, change.fields) for change in plan.changed] == [
        ("Ada Prova", ("email", "organisation"))
    ]
    assert plan.duplicates == ()


def test_two_new_rows_that_look_alike_are_one_pair() -> None:
    plan = plan_import(rows("Nome;Email\nAda Prova;a@esempio.invalid\nAda Provaa;b@esempio.invalid\n"), ())
    assert len(plan.new) == 2
    assert [(pair.row, pair.other_row) for pair in plan.duplicates] == [(3, 2)]


def test_ticket_that_changed_hands_is_another_person() -> None:
    before = imported("Guest ID;Nome;Email\n7;Ada Prova;ada@esempio.invalid\n")
    plan = plan_import(rows("Guest ID;Nome;Email\n7;Bo Esempio;bo@esempio.invalid\n"), before)
    assert ([row.name for row in plan.new], plan.changed, plan.missing) == (["Bo Esempio"], (), ("p1",))


def test_ticket_with_a_corrected_name_is_the_same_person() -> None:
    before = imported("Guest ID;Nome;Email\n7;Ada Prva;ada@esempio.invalid\n")
    plan = plan_import(rows("Guest ID;Nome;Email\n7;Ada Prova;ada@esempio.invalid\n"), before)
    assert [(change.attendee, change.fields) for change in plan.changed] == [("p1", ("name",))]


def test_what_a_person_wrote_since_outlives_the_old_list_but_not_a_new_word_of_it() -> None:
    ada, bo = imported(FIRST)
    own = msgspec.structs.replace(ada.profile, organisation="Il mio orto", needs=("semi",), share_email=True)
    there = (msgspec.structs.replace(ada, profile=own), bo)
    assert plan_import(rows(FIRST), there).changed == ()
    renewed = plan_import(rows(FIRST.replace("Orti", "Orti Uniti")), there).changed
    assert [change.profile for change in renewed] == [msgspec.structs.replace(own, organisation="Orti Uniti")]


def test_new_kind_of_list_gives_its_key_to_the_people_it_finds() -> None:
    plan = plan_import(
        rows("Guest ID;Nome;Email;Azienda\n7;Ada Prova;ada@esempio.invalid;Orti\n"), imported(FIRST)
    )
    assert [(change.attendee, change.fields, change.row.key) for change in plan.changed] == [
        ("p1", (), "guest:7")
    ]
