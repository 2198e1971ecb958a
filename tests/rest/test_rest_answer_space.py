"""Every way that an interaction's answer can go, searched through to a depth, with a fake clock.

A step is anything that can happen: somebody wants something, a request ends in one of the ways
requests end, another process defers, time passes. Discord is a few lines that know the truth.
After each step the rules that a user relies on must hold.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from disruption.errors import AlreadyResponded, InteractionExpired, InvalidArgument
from disruption.rest.answer import Answer, Kind, Plan, Result, State, Step

DEPTH = 7
TIMES = (0.5, 1.5, 2.9, 3.5, 899.0, 900.0)
FIRST = [kind for kind in Kind if kind.value > 0]
AFTER = [kind for kind in Kind if kind.value < 0]
TYPES = {"command": (2, False), "component": (3, True), "choices": (4, False), "modal": (5, True)}
HAS_LOADING = 5


@dataclass(frozen=True)
class Truth:
    """What Discord knows."""

    acknowledged: int = 0  # the callback type of the first answer
    hidden: bool = False  # of a deferral with a new message
    loading: bool = False  # "thinking…" is shown
    original: bool = False  # there is an original response


@dataclass(frozen=True)
class Want:
    kind: Kind | None  # None: the timer
    ephemeral: bool = False


@dataclass
class Node:
    answer: Answer
    truth: Truth = Truth()
    moment: int = 0
    flying: tuple[Want, Plan] | None = None
    responded: int = 0  # how often somebody was told that a response was sent
    others: bool = False  # another process has deferred
    path: tuple[str, ...] = ()

    @property
    def now(self) -> float:
        return TIMES[self.moment]

    def key(self) -> tuple[object, ...]:
        state = tuple(getattr(self.answer, name) for name in Answer.__slots__)
        return (state, self.truth, self.moment, self.flying, self.responded, self.others)

    def after(self, step: str) -> Node:
        return replace(self, answer=copy.copy(self.answer), path=(*self.path, step))


def carry_out(
    truth: Truth, want: Want, plan: Plan, now: float, where: tuple[str, ...]
) -> tuple[Truth, Result]:
    """Do what Discord does with a request."""
    if plan.step is Step.CALLBACK:
        if truth.acknowledged:
            return truth, Result.ALREADY
        if now >= 3:
            return truth, Result.EXPIRED
        loading = plan.callback == HAS_LOADING
        original = plan.callback in (4, 5, 6, 7)
        return Truth(plan.callback, plan.hidden, loading, original), Result.DONE
    if not truth.acknowledged:
        return truth, Result.FAILED  # 404: there is no webhook yet
    if now >= 900:
        return truth, Result.EXPIRED
    if plan.step is Step.REPLACE:
        # Of two processes that defer differently neither can know.
        harmless = truth.acknowledged in (4, 5, 9, 12) or "another process defers" in where
        assert harmless, f"{where}: the component's message is deleted"
        return replace(truth, loading=False, original=False), Result.DONE
    fills = truth.loading and plan.step in (Step.EDIT_ORIGINAL, Step.FOLLOWUP)
    said = want.kind in (Kind.RESPOND, Kind.FOLLOWUP)
    if fills and said and want.ephemeral:
        assert truth.hidden, f"{where}: what is for one person's eyes is shown to all"
    if plan.step is Step.EDIT_ORIGINAL and not truth.original:
        return truth, Result.FAILED  # 404: there is no such message
    if plan.step is Step.USE and want.kind is Kind.DELETE:
        return replace(truth, loading=False, original=False), Result.DONE
    return (replace(truth, loading=False) if fills else truth), Result.DONE


def begin(node: Node, want: Want) -> Iterator[Node]:
    """Somebody wants something."""
    answer, now = node.answer, node.now
    before = answer.state
    where = (*node.path, f"{want} at {now}")
    try:
        if want.kind is None:
            plan = answer.auto_defer(now, ephemeral=want.ephemeral)
        else:
            plan = answer.plan(want.kind, now, ephemeral=want.ephemeral)
    except InvalidArgument:
        if want.kind in FIRST and before is State.NEW:
            assert not _possible(answer, want.kind), where
        assert answer.state is before, where
        return
    except AlreadyResponded:
        assert before in (State.ANSWERED, State.DEFERRED), where
        assert want.kind is not Kind.RESPOND or before is State.ANSWERED, (
            where,
            "what was deferred can be filled in",
        )
        assert answer.state is before, where
        return
    except InteractionExpired:
        limit = 3 if before in (State.NEW, State.UNKNOWN) else 900
        assert now >= limit or answer.expired, where
        assert answer.state is before, where
        return
    if plan.step is Step.WAIT:
        assert before is State.CLAIMED, where
        return
    if plan.step is Step.NOTHING:
        assert want.kind is None or before is State.DEFERRED, where
        if want.kind is None and before is State.NEW and now < 3 and not answer.expired:
            assert answer.interaction_type == 4, (where, "it can be deferred and is not")
        return
    assert before is not State.CLAIMED, (where, "two are at it at once")
    assert now < 900, (where, "something is sent after the 15 minutes")
    if plan.step is Step.CALLBACK:
        assert before in (State.NEW, State.UNKNOWN), (where, "a second first answer")
        assert now < 3, (where, "a first answer after its 3 seconds")
    if before is State.NEW and want.kind in AFTER:
        raise AssertionError((where, "there is no answer to go on with"))
    if before is State.NEW:
        assert plan.step is Step.CALLBACK, where
    if plan.claims:
        assert answer.state is State.CLAIMED, where
        node.flying = (want, plan)
        yield node
        return
    truth, result = carry_out(node.truth, want, plan, now, where)
    answer.settle(plan, result)
    assert answer.state is before, where
    node.truth = truth
    yield node


def _possible(answer: Answer, kind: Kind) -> bool:
    if answer.interaction_type == 4:
        return kind is Kind.AUTOCOMPLETE
    if kind in (Kind.UPDATE, Kind.DEFER_UPDATE):
        return answer.has_message
    if kind is Kind.MODAL:
        return answer.interaction_type != 5
    return kind is not Kind.AUTOCOMPLETE


def end(node: Node, how: str) -> Node:
    """The request that is under way ends."""
    assert node.flying is not None
    want, plan = node.flying
    node.flying = None
    where = (*node.path, how)
    if how == "refused":  # or not sent, or the client was stopped
        result = Result.FAILED
    elif how == "lost":
        result = Result.UNKNOWN
    else:
        node.truth, result = carry_out(node.truth, want, plan, node.now, where)
        if how == "reply lost":
            result = Result.UNKNOWN
    node.answer.settle(plan, result)
    answer = node.answer
    assert answer.state is not State.CLAIMED, where
    if result is Result.DONE and want.kind is Kind.RESPOND and not plan.resolves:
        node.responded += 1
        assert node.responded == 1, (where, "two responses")
        assert answer.state is State.ANSWERED, where
    if answer.state in (State.ANSWERED, State.DEFERRED):
        assert node.truth.acknowledged, (where, "it believes in an answer that is none")
    if answer.state is State.NEW and not node.others:
        assert not node.truth.acknowledged, (where, "it knows nothing of an answer")
    if answer.state is State.DEFERRED:
        assert answer.deferred in (5, 6), where
    return node


def steps(node: Node) -> Iterator[Node]:
    for kind in (None, *Kind):
        for ephemeral in (False, True):
            if ephemeral and kind not in (None, Kind.RESPOND, Kind.DEFER, Kind.FOLLOWUP):
                continue
            want = Want(kind, ephemeral)
            yield from begin(node.after(str(want)), want)
    if node.flying is not None:
        for how in ("answered", "reply lost", "lost", "refused"):
            if "lost" in how and node.others and node.flying[1].callback in (9, 12):
                continue
            yield end(node.after(how), how)
    if node.moment + 1 < len(TIMES):
        later = node.after("later")
        later.moment += 1
        yield later
    # Of what another process does while a modal's reply gets lost nobody can know.
    modal_lost = node.answer._tried in (9, 12)
    if not node.truth.acknowledged and node.now < 3 and not node.others and not modal_lost:
        other = node.after("another process defers")
        kind = other.answer.default_defer
        if kind is not None:
            other.others = True
            other.truth = Truth(kind.value, False, kind.value == HAS_LOADING, True)
            yield other


@pytest.mark.parametrize("name", TYPES)
def test_whatever_happens_the_rules_hold(name: str) -> None:
    type, has_message = TYPES[name]
    frontier = [Node(Answer(type, has_message=has_message, born=0.0))]
    seen = {frontier[0].key()}
    for _ in range(DEPTH):
        following = []
        for node in frontier:
            for new in steps(node):
                key = new.key()
                if key not in seen:
                    seen.add(key)
                    following.append(new)
        frontier = following
    assert len(seen) > (40 if name == "choices" else 1000)


@pytest.mark.parametrize("name", ["command", "component"])
@pytest.mark.parametrize("ephemeral", [False, True])
def test_a_response_that_is_tried_until_it_is_told_gets_there(name: str, ephemeral: bool) -> None:
    """From every state within the time, with a network that works from then on."""
    type, has_message = TYPES[name]
    start = Node(Answer(type, has_message=has_message, born=0.0))
    frontier, seen, tried = [start], {start.key()}, 0
    for _ in range(4):
        following = []
        for node in frontier:
            for new in steps(node):
                if new.key() in seen or new.now >= 3:
                    continue
                seen.add(new.key())
                following.append(new)
                if new.flying is None and new.answer.state is not State.ANSWERED:
                    tried += _insist(new.after("insist"), Want(Kind.RESPOND, ephemeral))
        frontier = following
    assert tried > 50


def _insist(node: Node, want: Want) -> int:
    if node.answer.expired or node.responded:
        return 0
    # An original that was deleted while its reply got lost cannot be filled in any more.
    if node.truth.acknowledged and not node.truth.original:
        return 0
    for _ in range(3):
        try:
            (node,) = begin(node, want)
        except ValueError:
            break
        node = end(node, "answered")
        if node.answer.state is State.ANSWERED:
            break
    assert node.answer.state is State.ANSWERED, (node.path, node.answer.state)
    assert not node.truth.loading, (node.path, "somebody still reads thinking…")
    return 1
