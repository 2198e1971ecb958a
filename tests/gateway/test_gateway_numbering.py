"""Events whose numbers do not count up: nothing twice, and nothing silenced for ever."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from scripted_gateway import FakeGateway, until

from disruption.gateway import Gateway, SessionResumed
from disruption.gateway.numbering import LARGEST_GAP, REPEATS_IN_A_ROW, Numbering
from disruption.types.events import TypingStart

Connect = Callable[..., Gateway]


def test_a_number_far_ahead_is_delivered_and_not_believed():
    number, note = Numbering().judge(10**15, 5, first=False, live=True)
    assert number == 5
    assert note is not None
    assert note.counter == "gateway.numbers_not_believed"


def test_a_ready_may_have_any_number():
    assert Numbering().judge(10**15, 0, first=True, live=False) == (10**15, None)


def test_the_number_of_a_ready_counts_only_if_others_go_on_from_it():
    numbering = Numbering()
    last, _ = numbering.judge(10**15, 0, first=True, live=False)
    assert last is not None
    number, note = numbering.judge(2, last, first=False, live=True)
    assert number == 2
    assert note is not None
    assert note.counter == "gateway.numbers_not_believed"
    assert numbering.judge(2, 2, first=False, live=True)[0] is None


def test_the_largest_gap_is_one():
    number, note = Numbering().judge(LARGEST_GAP + 6, 5, first=False, live=True)
    assert number == LARGEST_GAP + 6
    assert note is not None
    assert note.counter == "gateway.gaps"


@pytest.mark.parametrize("number", [1, 0, -7])
def test_numbers_that_only_repeat_are_given_up(number: int):
    numbering = Numbering()
    for _ in range(REPEATS_IN_A_ROW):
        assert numbering.judge(number, 500, first=False, live=True)[0] is None
    taken, note = numbering.judge(number, 500, first=False, live=True)
    assert taken == max(number, 0)
    assert note is not None
    assert note.counter == "gateway.numbers_not_believed"
    assert numbering.judge(number, max(number, 0), first=False, live=True)[0] is not None


def test_a_replay_may_repeat_as_much_as_it_likes():
    numbering = Numbering()
    for number in range(3 * REPEATS_IN_A_ROW):
        assert numbering.judge(number, 5000, first=False, live=False)[0] is None


def test_repeats_with_new_events_in_between_are_dropped_for_ever():
    numbering = Numbering()
    for last in range(1, 3 * REPEATS_IN_A_ROW):
        assert numbering.judge(last, last, first=False, live=True)[0] is None


@pytest.mark.parametrize("first", [10**15, 2**70, 5000])
def test_a_bot_hears_on_after_a_number_that_was_too_high(
    server: FakeGateway, connect: Connect, first: int
):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    peer.sequence = first - 1
    peer.message("far ahead")
    peer.sequence = 1
    for _ in range(REPEATS_IN_A_ROW + 5):
        peer.message("after it")
    until(gateway, TypingStart)
    until(gateway, TypingStart)
    assert gateway.counters["gateway.numbers_not_believed"] >= 1


@pytest.mark.parametrize("behind", [0, 1, 5])
def test_a_resumed_is_taken_with_any_number(server: FakeGateway, connect: Connect, behind: int):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    for _ in range(5):
        peer.message()
    peer.drop()
    peer = server.accept()
    peer.hello()
    last = peer.expect(6)["seq"]
    peer.sequence = last - behind - 1
    peer.event("RESUMED", {})
    assert until(gateway, SessionResumed).replayed == 0
    peer.sequence = last
    peer.message()
    until(gateway, TypingStart)
    assert gateway.counters["gateway.duplicates"] == 0


def test_a_resumed_that_went_down_with_its_connection_leaves_no_gap(
    server: FakeGateway, connect: Connect
):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    peer.drop()
    peer = server.accept()
    peer.hello()
    last = peer.expect(6)["seq"]
    peer.drop()  # the RESUMED with the number after `last`
    peer = server.accept()
    peer.hello()
    assert peer.expect(6)["seq"] == last
    peer.sequence = last + 1
    peer.message()
    peer.event("RESUMED", {})
    assert until(gateway, SessionResumed).replayed == 1
    assert gateway.counters["gateway.gaps"] == 0
    assert gateway.counters["gateway.resumed_gaps"] == 1


def test_numbers_that_come_as_strings_are_taken(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.text(b'{"op":"10","d":{"heartbeat_interval":"45000"}}')
    peer.expect(2)
    peer.ready()
    peer.text(b'{"op":"0","s":"2","t":"TYPING_START","d":{"channel_id":"1","user_id":"2"}}')
    until(gateway, TypingStart)
    assert gateway.counters["gateway.bad_payloads"] == 0
