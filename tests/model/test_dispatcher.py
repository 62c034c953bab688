"""Who waits gets what comes free, by a total order; with random arrivals waits are as Erlang computed."""

from __future__ import annotations

from itertools import permutations
from math import factorial

import numpy as np
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from model.dispatcher import Dispatcher
from model.randomness import Chance

POOL = (0, "speech and language therapist")


def _served(orders, tokens=1, first=(), hold=1.0):
    """Let all arrive at once and hold a token for a while; give the cases in the order of service."""
    env = simpy.Environment()
    dispatcher = Dispatcher(env)
    for number in range(tokens):
        dispatcher.add(POOL, 0, number)
    served = []

    def case(order):
        token = yield dispatcher.arrive(POOL, order, first=order[3] in first)
        served.append(order[3])
        yield env.timeout(hold)
        dispatcher.release(token)

    for order in orders:
        env.process(case(order))
    env.run()
    return served


def test_those_who_wait_are_served_by_priority_then_need_then_urn_then_case():
    orders = [
        (1.0, 0.5, 100, 9),
        (2.0, 0.1, 300, 8),
        (2.0, 0.7, 300, 7),
        (2.0, 0.7, 200, 6),
        (2.0, 0.7, 200, 5),
    ]
    for order in permutations(orders):
        assert _served(order) == [5, 6, 7, 8, 9]


def test_of_those_who_arrive_together_the_first_in_order_gets_the_only_token_whoever_was_made_first():
    assert _served([(0.0, 0.0, 2, 2), (5.0, 0.0, 1, 1)]) == [1, 2]
    assert _served([(5.0, 0.0, 1, 1), (0.0, 0.0, 2, 2)]) == [1, 2]


def test_one_who_was_interrupted_stands_ahead_of_higher_priorities():
    assert _served([(5.0, 0.0, 1, 1), (0.0, 0.0, 2, 2)], first=(2,)) == [2, 1]


def test_one_who_runs_out_of_patience_gets_none_and_the_next_is_served():
    env = simpy.Environment()
    dispatcher = Dispatcher(env)
    given_up = dispatcher.arrive(POOL, (1.0, 1.0, 1, 1), patience=4.0)
    patient = dispatcher.arrive(POOL, (0.0, 0.0, 2, 2))
    env.run(until=5.0)
    assert given_up.value is None
    token = dispatcher.add(POOL, 0, 0)
    env.run(until=6.0)
    assert patient.value is token
    assert dispatcher.waiting(POOL) == 0


def test_a_case_that_goes_to_another_provider_waits_while_only_the_old_one_is_free():
    env = simpy.Environment()
    dispatcher = Dispatcher(env)
    old = dispatcher.add(POOL, 7, 0)
    elsewhere = dispatcher.arrive(POOL, (2.0, 0.0, 1, 1), avoid=7)
    anyone = dispatcher.arrive(POOL, (1.0, 0.0, 2, 2))
    env.run(until=1.0)
    assert anyone.value is old
    assert not elsewhere.triggered
    assert not dispatcher.another(old)
    new = dispatcher.add(POOL, 8, 0)
    env.run(until=2.0)
    assert elsewhere.value is new


def test_pools_that_join_give_no_token_twice_even_where_one_is_just_free():
    env = simpy.Environment()
    dispatcher, served = Dispatcher(env), []

    def case(pool, number):
        token = yield dispatcher.arrive(pool, (0.0, 0.0, number, number))
        served.append((number, token.slot))

    for number in range(5):
        env.process(case("one" if number % 2 else "other", number))
    env.run(until=1)
    dispatcher.add("other", 7, 0)
    dispatcher.join("one", "other")
    env.run(until=2)
    assert served == [(0, 7)]
    assert dispatcher.waiting("one") == dispatcher.waiting("other") == 4
    assert dispatcher.held("one") == 1


def test_a_token_withdrawn_while_held_does_not_come_back():
    env = simpy.Environment()
    dispatcher = Dispatcher(env)
    token = dispatcher.add(POOL, 0, 0)
    dispatcher.arrive(POOL, (0.0, 0.0, 1, 1))
    env.run(until=1.0)
    dispatcher.withdraw(token)
    dispatcher.release(token)
    waiting = dispatcher.arrive(POOL, (0.0, 0.0, 2, 2))
    env.run(until=2.0)
    assert not waiting.triggered
    assert dispatcher.tokens(POOL) == 0


@settings(max_examples=60, deadline=None)
@given(
    tokens=st.integers(1, 4),
    cases=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9), st.integers(0, 3)), max_size=25),
    withdrawn=st.integers(0, 4),
)
def test_no_token_is_lost_or_made(tokens, cases, withdrawn):
    env = simpy.Environment()
    dispatcher = Dispatcher(env)
    made = [dispatcher.add(POOL, slot, 0) for slot in range(tokens)]
    busy = set()

    def case(number, start, weeks, priority):
        yield env.timeout(start)
        token = yield dispatcher.arrive(POOL, (priority, 0.0, 0, number), patience=30.0)
        if token is None:
            return
        assert token not in busy
        busy.add(token)
        assert len(busy) <= dispatcher.held(POOL) <= tokens
        yield env.timeout(weeks)
        busy.remove(token)
        dispatcher.release(token)

    def leaving():
        yield env.timeout(10.5)
        for token in made[:withdrawn]:
            dispatcher.withdraw(token)

    for number, (start, weeks, priority) in enumerate(cases):
        env.process(case(number, start, weeks, priority))
    env.process(leaving())
    env.run()
    assert dispatcher.tokens(POOL) == max(tokens - withdrawn, 0)
    assert dispatcher.held(POOL) == dispatcher.waiting(POOL) == 0


def erlang_c_wait(servers: int, load: float) -> float:
    """Mean wait in units of the mean service, random arrivals and service, first come first served."""
    offered = servers * load
    last = offered**servers / factorial(servers) / (1.0 - load)
    waits = last / (sum(offered**k / factorial(k) for k in range(servers)) + last)
    return waits / (servers * (1.0 - load))


def _mean_wait(servers: int, load: float, customers: int, skipped: int, run: int) -> float:
    env = simpy.Environment()
    dispatcher = Dispatcher(env)
    for number in range(servers):
        dispatcher.add(POOL, number, 0)
    chance = Chance(7, 0, run)
    gaps = -np.log(chance.uniforms("arrivals", servers, 0, customers)) / (servers * load)
    services = -np.log(chance.uniforms("services", servers, 0, customers))
    gaps, services = gaps.tolist(), services.tolist()
    waits = []

    def customer(number):
        arrived = env.now
        token = yield dispatcher.arrive(POOL, (0.0, 0.0, 0, number))
        waits.append((number, env.now - arrived))
        yield env.timeout(services[number])
        dispatcher.release(token)

    def source():
        for number in range(customers):
            yield env.timeout(gaps[number])
            env.process(customer(number))

    env.process(source())
    env.run()
    assert len(waits) == customers
    return float(np.mean([wait for number, wait in waits if number >= skipped]))


@pytest.mark.parametrize(
    ("servers", "load", "customers", "runs"),
    [(1, 0.5, 2500, 30), (5, 0.5, 2500, 30), (3, 0.8, 5000, 30)]
    + [pytest.param(c, 0.95, 25000, 40, marks=pytest.mark.slow) for c in (1, 6)],
)
def test_with_random_arrivals_and_service_mean_waits_are_those_of_erlang(servers, load, customers, runs):
    """Three standard errors over independent runs; the first fifth of each is left out."""
    means = np.array([_mean_wait(servers, load, customers, customers // 5, run) for run in range(runs)])
    error = means.std(ddof=1) / np.sqrt(runs)
    assert error < 0.12 * erlang_c_wait(servers, load)
    assert abs(means.mean() - erlang_c_wait(servers, load)) < 3.0 * error
