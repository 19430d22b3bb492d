"""A plan file with a certificate in which anything is changed is refused, prices always."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from random import Random

import msgspec
import pytest
from properties.schedulers.certified_evening import IDS, ROUNDS, Content, Evening, N, certified_evening
from properties.schedulers.plain_bound import can_be_lower, plain_bound

from schedulers.files import prices_in
from schedulers.formats import PricesEntry
from schedulers.plan_kind import FalseProof
from schedulers.proof import prove

SEEDS = range(12)


@pytest.fixture(scope="module", params=["sit_out", "trio"])
def evening(request: pytest.FixtureRequest) -> Evening:
    return certified_evening(request.param)


def test_the_certificate_is_true_and_needs_its_odd_set(evening: Evening) -> None:
    assert evening.falsehoods(evening.content) == []
    assert max(price for _, price in evening.content["certificate"]["odd_sets"]) > 0


def changed_prices(certificate: Content, random: Random) -> Iterator[Content]:
    """Yield the certificate with every price changed, by itself, in about five ways."""
    for place, price in enumerate(certificate["prices"]):
        for other in {price - 1, price + 1, random.randrange(4000), price + 1000, 2 * price} - {price}:
            prices = list(certificate["prices"])
            prices[place] = other
            yield certificate | {"prices": prices}
    for place, (people, price) in enumerate(certificate["odd_sets"]):
        for other in {price - 1, price + 1, random.randrange(2000), 0, 2 * price} - {price}:
            sets = list(certificate["odd_sets"])
            sets[place] = (people, other)
            yield certificate | {"odd_sets": sets}


def test_every_changed_price_is_refused(evening: Evening) -> None:
    refused = 0
    for certificate in changed_prices(evening.content["certificate"], Random(1)):
        assert evening.falsehoods(evening.content | {"certificate": certificate}), certificate
        refused += 1
    assert refused >= 60


def move_a_price(content: Content, random: Random) -> None:
    prices = content["certificate"]["prices"]
    one, other = random.sample(range(N), 2)
    prices[one], prices[other] = prices[other], prices[one] + 1


def lose_a_price(content: Content, random: Random) -> None:
    content["certificate"]["prices"].pop(random.randrange(N))


def add_a_price(content: Content, random: Random) -> None:
    content["certificate"]["prices"].append(random.randrange(2))


def invent_a_must_meet(content: Content, random: Random) -> None:
    content["certificate"]["musts"].append(random.sample(IDS, 2))


def name_a_must_meet_twice(content: Content, random: Random) -> None:
    musts = content["certificate"]["musts"]
    musts.append(random.choice([random.choice(musts), random.choice(musts)[::-1]]))


def name_a_stranger(content: Content, random: Random) -> None:
    certificate = content["certificate"]
    if random.random() < 0.5:
        certificate["musts"][random.randrange(3)] = ["g00", "nobody"]
    else:
        random.choice(certificate["odd_sets"])[0][0] = "nobody"


def repeat_somebody_in_an_odd_set(content: Content, random: Random) -> None:
    people = random.choice(content["certificate"]["odd_sets"])[0]
    people.append(random.choice(people))


def shrink_an_odd_set(content: Content, random: Random) -> None:
    del content["certificate"]["odd_sets"][random.randrange(2)][0][2:]


def repeat_an_odd_set(content: Content, random: Random) -> None:
    people, price = random.choice(content["certificate"]["odd_sets"])
    content["certificate"]["odd_sets"].append((random.sample(people, len(people)), price))


def hold_more_rounds_than_there_are(content: Content, random: Random) -> None:
    content["certificate"]["held"] = random.choice([-1, ROUNDS + 1, 2**70])


def hold_the_round_of_a_must_meet(content: Content, random: Random) -> None:
    content["certificate"]["held"] = random.choice([3, 4, 5])


def leave_the_range(content: Content, random: Random) -> None:
    name = random.choice(["scale", "bonus", "sit_out", "often"])
    content["certificate"][name] = random.choice([-1, 10**12 + 1, 2**64, -(2**70)])


def scale_by_nothing(content: Content, random: Random) -> None:
    content["certificate"]["scale"] = 0


def state_another_bound(content: Content, random: Random) -> None:
    content["bound"] += random.choice([-100, -1, 1, 100])
    content["gap"] = (content["bound"] - content["value"]) / content["bound"]


def state_no_bound(content: Content, random: Random) -> None:
    content["bound"] = content["gap"] = None


def state_another_gap(content: Content, random: Random) -> None:
    content["gap"] += random.choice([-1, 1]) * random.uniform(1e-5, 0.1)


def state_a_search_bound_above_the_bound(content: Content, random: Random) -> None:
    content["search_bound"] = content["bound"] + random.randrange(1, 100)


def state_a_search_bound_below_the_value(content: Content, random: Random) -> None:
    content["search_bound"] = content["value"] - random.randrange(1, 100)


def seat_a_pair_apart(content: Content, random: Random) -> None:
    r = random.randrange(ROUNDS)
    table = random.choice([table for table in content["rounds"][r] if len(table) == 2])
    content["sitting_out"][r] += table
    table.clear()


def exchange_partners(content: Content, random: Random) -> None:
    one, other = random.sample([table for table in content["rounds"][random.randrange(ROUNDS)] if table], 2)
    one[0], other[0] = other[0], one[0]


def exchange_who_waits(content: Content, random: Random) -> None:
    r = random.randrange(ROUNDS)
    table = random.choice([table for table in content["rounds"][r] if table])
    waiting = content["sitting_out"][r]
    if waiting:
        waiting[0], table[0] = table[0], waiting[0]
    else:
        waiting.append(table.pop())


ALWAYS_FALSE: list[Callable[[Content, Random], None]] = [
    move_a_price,
    lose_a_price,
    add_a_price,
    invent_a_must_meet,
    name_a_must_meet_twice,
    name_a_stranger,
    repeat_somebody_in_an_odd_set,
    shrink_an_odd_set,
    repeat_an_odd_set,
    hold_more_rounds_than_there_are,
    hold_the_round_of_a_must_meet,
    leave_the_range,
    scale_by_nothing,
    state_another_bound,
    state_no_bound,
    state_another_gap,
    state_a_search_bound_above_the_bound,
    state_a_search_bound_below_the_value,
    seat_a_pair_apart,
    exchange_partners,
    exchange_who_waits,
]


@pytest.mark.parametrize("mutate", ALWAYS_FALSE)
def test_a_false_statement_is_refused(evening: Evening, mutate: Callable[[Content, Random], None]) -> None:
    for seed in SEEDS:
        content = copy.deepcopy(evening.content)
        mutate(content, Random(seed))

        assert evening.falsehoods(content), seed


def change_a_figure(certificate: Content, random: Random) -> None:
    name = random.choice(["scale", "bonus", "sit_out", "often"])
    certificate[name] = max(1, certificate[name] + random.choice([-300, -7, -1, 1, 7, 300]))


def forget_a_must_meet(certificate: Content, random: Random) -> None:
    certificate["musts"].pop(random.randrange(len(certificate["musts"])))


def hold_fewer_or_more_rounds(certificate: Content, random: Random) -> None:
    certificate["held"] = random.choice([0, 2])


def widen_an_odd_set(certificate: Content, random: Random) -> None:
    people = random.choice(certificate["odd_sets"])[0]
    people.append(random.choice(sorted(set(IDS) - set(people))))


def forget_an_odd_set(certificate: Content, random: Random) -> None:
    certificate["odd_sets"].pop(random.randrange(2))


@pytest.mark.parametrize(
    "mutate",
    [change_a_figure, forget_a_must_meet, hold_fewer_or_more_rounds, widen_an_odd_set, forget_an_odd_set],
)
def test_another_proof_is_accepted_exactly_if_it_proves_the_same(
    evening: Evening, mutate: Callable[[Content, Random], None]
) -> None:
    refused = 0
    for seed in SEEDS:
        content = copy.deepcopy(evening.content)
        mutate(content["certificate"], Random(seed))

        falsehoods = evening.falsehoods(content)

        assert bool(falsehoods) != proves(evening, content), seed
        refused += bool(falsehoods)
    assert refused


def proves(evening: Evening, content: Content) -> bool:
    """Return whether the certificate of ``content`` proves its bound with prices as low as they can be."""
    problem, seats = evening.problem, evening.plan.seats
    try:
        prices = prices_in(msgspec.convert(content["certificate"], PricesEntry), IDS)
        prove(problem, seats, prices)
    except FalseProof:
        return False
    same = plain_bound(problem, seats, prices) == content["bound"]
    return same and not can_be_lower(problem, seats, prices)
