from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest

from disruption.errors import AlreadyResponded, InteractionExpired, InvalidArgument
from disruption.rest.answer import Answer, Kind, Plan, Result, State, Step

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5


def command() -> Answer:
    return Answer(COMMAND, has_message=False, born=0.0)


def component() -> Answer:
    return Answer(COMPONENT, has_message=True, born=0.0)


def do(answer: Answer, kind: Kind, *, now: float = 0.5, result: Result = Result.DONE) -> Plan:
    plan = answer.plan(kind, now)
    answer.settle(plan, result)
    return plan


class TestACommand:
    def test_is_answered_once(self) -> None:
        answer = command()
        assert do(answer, Kind.RESPOND) == Plan(Step.CALLBACK, 4, claims=True)
        assert answer.state is State.ANSWERED
        with pytest.raises(AlreadyResponded, match="followup"):
            answer.plan(Kind.RESPOND, 1.0)
        assert answer.plan(Kind.GET, 1.0).step is Step.USE
        assert answer.plan(Kind.EDIT, 1.0).step is Step.EDIT_ORIGINAL

    def test_that_is_deferred_is_filled_in(self) -> None:
        answer = command()
        assert do(answer, Kind.DEFER).callback == 5
        assert answer.state is State.DEFERRED
        assert answer.plan(Kind.DEFER, 1.0).step is Step.NOTHING
        assert do(answer, Kind.RESPOND, now=100.0).step is Step.EDIT_ORIGINAL
        assert answer.state is State.ANSWERED
        with pytest.raises(AlreadyResponded):
            answer.plan(Kind.DEFER, 100.0)

    def test_has_no_message_to_update(self) -> None:
        for kind in (Kind.UPDATE, Kind.DEFER_UPDATE):
            with pytest.raises(InvalidArgument):
                command().plan(kind, 0.0)


class TestAComponent:
    def test_that_is_deferred_gets_a_followup_and_the_message_is_still_its(self) -> None:
        answer = component()
        assert do(answer, Kind.DEFER_UPDATE).callback == 6
        assert do(answer, Kind.RESPOND).step is Step.FOLLOWUP
        assert do(answer, Kind.UPDATE).step is Step.EDIT_ORIGINAL
        assert answer.plan(Kind.UPDATE, 1.0).step is Step.EDIT_ORIGINAL

    def test_that_is_deferred_with_thinking_is_filled_in(self) -> None:
        answer = component()
        assert do(answer, Kind.DEFER).callback == 5
        with pytest.raises(AlreadyResponded, match="fills it in"):
            answer.plan(Kind.UPDATE, 1.0)
        assert do(answer, Kind.RESPOND).step is Step.EDIT_ORIGINAL

    def test_can_update_again_and_again(self) -> None:
        answer = component()
        assert do(answer, Kind.UPDATE) == Plan(Step.CALLBACK, 7, claims=True)
        assert do(answer, Kind.UPDATE) == Plan(Step.EDIT_ORIGINAL)

    def test_that_was_answered_cannot_update(self) -> None:
        answer = component()
        do(answer, Kind.RESPOND)
        with pytest.raises(AlreadyResponded, match=r"update\(\) before respond\(\), or .* message"):
            answer.plan(Kind.UPDATE, 1.0)
        with pytest.raises(AlreadyResponded, match="a modal can only be the first answer"):
            answer.plan(Kind.MODAL, 1.0)
        with pytest.raises(AlreadyResponded, match=r"edit_response\(\) \(edit\(\) of a context"):
            answer.plan(Kind.RESPOND, 1.0)


class TestAutocomplete:
    def test_takes_choices_and_nothing_else(self) -> None:
        answer = Answer(AUTOCOMPLETE, has_message=False, born=0.0)
        for kind in set(Kind) - {Kind.AUTOCOMPLETE}:
            with pytest.raises(InvalidArgument):
                answer.plan(kind, 0.0)
        assert answer.auto_defer(1.5).step is Step.NOTHING
        assert do(answer, Kind.AUTOCOMPLETE).callback == 8
        with pytest.raises(InvalidArgument):
            command().plan(Kind.AUTOCOMPLETE, 0.0)


class TestAModal:
    def test_cannot_follow_a_deferral(self) -> None:
        answer = command()
        do(answer, Kind.DEFER)
        with pytest.raises(AlreadyResponded, match="must say so"):
            answer.plan(Kind.MODAL, 1.0)

    def test_cannot_follow_a_modal(self) -> None:
        with pytest.raises(InvalidArgument):
            Answer(MODAL, has_message=False, born=0.0).plan(Kind.MODAL, 0.0)


class TestTime:
    def test_the_first_answer_has_three_seconds(self) -> None:
        answer = command()
        with pytest.raises(InteractionExpired, match="3 seconds"):
            answer.plan(Kind.RESPOND, 3.0)
        assert answer.plan(Kind.RESPOND, 2.99).step is Step.CALLBACK

    def test_all_others_have_fifteen_minutes(self) -> None:
        answer = command()
        do(answer, Kind.DEFER)
        with pytest.raises(InteractionExpired, match="15 minutes"):
            answer.plan(Kind.RESPOND, 900.0)
        for kind in (Kind.GET, Kind.EDIT):
            with pytest.raises(InteractionExpired):
                answer.plan(kind, 900.0)
        assert answer.plan(Kind.RESPOND, 899.0).step is Step.EDIT_ORIGINAL

    def test_discords_word_counts_more_than_the_clock(self) -> None:
        answer = command()
        do(answer, Kind.RESPOND, result=Result.EXPIRED)
        with pytest.raises(InteractionExpired):
            answer.plan(Kind.RESPOND, 1.0)


class TestAutoDefer:
    def test_defers_what_nobody_answered(self) -> None:
        assert command().auto_defer(1.5).callback == 5
        assert component().auto_defer(1.5).callback == 6

    def test_leaves_what_somebody_is_at(self) -> None:
        answer = command()
        answer.plan(Kind.RESPOND, 1.0)
        assert answer.auto_defer(1.5).step is Step.NOTHING

    def test_leaves_what_has_expired(self) -> None:
        assert command().auto_defer(3.0).step is Step.NOTHING


class TestAFailure:
    def test_before_anything_happened_changes_nothing(self) -> None:
        answer = command()
        do(answer, Kind.RESPOND, result=Result.FAILED)
        assert answer.state is State.NEW
        do(answer, Kind.DEFER)
        do(answer, Kind.RESPOND, result=Result.FAILED)
        assert answer.state is State.DEFERRED

    def test_without_a_reply_is_found_out_by_trying_again(self) -> None:
        answer = command()
        do(answer, Kind.RESPOND, result=Result.UNKNOWN)
        assert answer.state is State.UNKNOWN
        # It had worked: what it said is filled in once more, which changes nothing.
        assert do(answer, Kind.RESPOND, result=Result.ALREADY).step is Step.CALLBACK
        assert answer.plan(Kind.RESPOND, 1.0).step is Step.EDIT_ORIGINAL

    def test_without_a_reply_of_a_component_is_no_reason_for_a_second_message(self) -> None:
        answer = component()
        do(answer, Kind.RESPOND, result=Result.UNKNOWN)
        do(answer, Kind.RESPOND, result=Result.ALREADY)
        assert answer.plan(Kind.RESPOND, 1.0).step is Step.EDIT_ORIGINAL

    def test_40060_means_deferred(self) -> None:
        answer = component()
        do(answer, Kind.RESPOND, result=Result.ALREADY)
        assert answer.state is State.DEFERRED
        assert answer.plan(Kind.RESPOND, 1.0).step is Step.FOLLOWUP


def test_nothing_can_be_used_before_there_is_an_answer() -> None:
    for kind in (Kind.EDIT, Kind.GET):
        with pytest.raises(InvalidArgument, match="first"):
            command().plan(kind, 0.0)


# Every interleaving -------------------------------------------------------------------


@dataclass
class _Discord:
    """Takes one first answer, and can lose the reply to the first request."""

    loses: bool
    acknowledged: int = 0
    messages: set[str] = field(default_factory=set)  # what users see, by who sent it
    original: str | None = None

    def take(self, plan: Plan, name: str) -> Result:
        lost, self.loses = self.loses, False
        if plan.step is Step.CALLBACK:
            if self.acknowledged:
                return Result.UNKNOWN if lost else Result.ALREADY
            self.acknowledged = plan.callback
            if plan.callback == 4:
                self.original = name
        else:
            assert self.acknowledged, "the original was used before there was one"
            if plan.step is Step.FOLLOWUP:
                self.messages.add(name)
            elif plan.step is Step.EDIT_ORIGINAL:
                self.original = name
        return Result.UNKNOWN if lost else Result.DONE


@dataclass
class _Actor:
    name: str
    kind: Kind | None  # None: the timer
    plan: Plan | None = None
    result: Result | None = None
    tries: int = 0
    over: str = ""


def _step(actor: _Actor, answer: Answer, discord: _Discord) -> bool:
    """Let an actor do its next step; return whether it could."""
    if actor.over:
        return False
    if actor.plan is None:
        try:
            timer = actor.kind is None
            plan = answer.auto_defer(1.5) if timer else answer.plan(actor.kind, 1.0)
        except AlreadyResponded:
            actor.over = "refused"
            return True
        if plan.step is Step.WAIT:
            return False
        if plan.step is Step.NOTHING:
            actor.over = "nothing"
        else:
            actor.plan = plan
    elif actor.result is None:
        actor.result = discord.take(actor.plan, actor.name)
    else:
        answer.settle(actor.plan, actor.result)
        actor.tries += 1
        if actor.result is Result.DONE:
            actor.over = "done"
        elif actor.kind is None or actor.kind in (Kind.DEFER, Kind.DEFER_UPDATE):
            actor.over = "nothing"
        elif actor.kind is Kind.MODAL and actor.result is Result.ALREADY:
            actor.over = "done" if actor.tries > 1 else "refused"
        assert actor.tries < 5, "it goes round in circles"
        actor.plan = actor.result = None
    return True


@pytest.mark.parametrize("make", [command, component])
@pytest.mark.parametrize("loses", [False, True])
@pytest.mark.parametrize(
    "kinds",
    [
        (Kind.RESPOND, None),
        (Kind.RESPOND, Kind.RESPOND),
        (Kind.RESPOND, Kind.DEFER, None),
        (Kind.RESPOND, Kind.RESPOND, None),
        (Kind.MODAL, None),
        (Kind.MODAL, Kind.RESPOND, None),
    ],
)
def test_whoever_comes_first_the_user_gets_one_answer(
    make: type[Answer], loses: bool, kinds: tuple[Kind | None, ...]
) -> None:
    # Each actor has at most 3 steps for each try; who is blocked leaves its turn.
    seen = 0
    turns = list(itertools.product(range(len(kinds)), repeat=7 if len(kinds) == 2 else 6))
    for order in turns:
        answer, discord = make(), _Discord(loses)
        actors = [_Actor(str(number), kind) for number, kind in enumerate(kinds)]
        for turn in order:
            _step(actors[turn], answer, discord)
        while any(_step(actor, answer, discord) for actor in actors):
            pass
        assert all(actor.over for actor in actors), "somebody waits for ever"
        assert answer.state is not State.CLAIMED
        answered = [a for a in actors if a.kind is Kind.RESPOND and a.over == "done"]
        visible = discord.messages | ({discord.original} if discord.original else set())
        if Kind.MODAL not in kinds:
            assert len(answered) == 1
            assert answered[0].name in visible
        if not loses:
            assert len(visible) == len(answered) <= 1
        seen += 1
    assert seen == len(turns)
