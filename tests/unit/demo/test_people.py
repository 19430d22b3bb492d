"""The example people: told apart by name, and seated whole at any table size."""

from collections import Counter

import pytest

from event_server.demo.people import example_people
from event_server.demo.seed import demo_rules
from event_server.domain.names import lookalikes

LARGEST = 500


def test_no_two_example_people_have_names_that_can_be_confused():
    names = {str(place): person.name for place, person in enumerate(example_people(LARGEST))}
    assert len(set(names.values())) == LARGEST
    assert lookalikes(names) == []


@pytest.mark.parametrize("count", [100, 300, LARGEST])
def test_colleagues_kept_apart_leave_nobody_without_a_seat_at_tables_of_ten(count: int):
    people = example_people(count)
    colleagues = Counter(person.organisation for person in people if person.organisation)
    assert max(colleagues.values()) <= demo_rules(count, seats=10).tables


def test_the_same_seed_gives_the_same_people():
    assert example_people(60, seed=3) == example_people(60, seed=3)
    assert example_people(60, seed=3) != example_people(60, seed=4)
