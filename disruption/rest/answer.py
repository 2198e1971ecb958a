"""The state of one interaction's answer, as rules: no threads, no clock, no I/O.

NEW → CLAIMED → ANSWERED, DEFERRED or UNKNOWN. Whoever wants to act asks for a `Plan`;
one that acts on the state has thereby claimed it, and must `settle` it when the request
is over. Others wait meanwhile, and then ask again.

* The first answer must come within 3 seconds, all others within 15 minutes.
* Commands are deferred with type 5, after which the response fills in the original;
  components with type 6, after which it is a follow-up, and an update edits the original.
* Error 40060 says that there is an answer already: somebody (another process, or an
  attempt of ours whose reply was lost) has deferred.
* UNKNOWN: the reply to an answer was lost. Trying again tells: it works, or 40060.

See https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from disruption.errors import AlreadyResponded, InteractionExpired, InvalidArgument

__all__ = ["Answer", "Kind", "Plan", "Result", "State", "Step"]

FIRST_LIMIT: Final = 3.0  # seconds
TOKEN_LIMIT: Final = 15 * 60.0  # seconds

_AUTOCOMPLETE_INTERACTION: Final = 4
_MODAL_INTERACTION: Final = 5


class Kind(Enum):
    """What somebody wants to do; the value is the callback type where there is one."""

    RESPOND = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    AUTOCOMPLETE = 8
    MODAL = 9
    LAUNCH_ACTIVITY = 12
    EDIT = -1  # the message of the first answer: edit, fill in
    USE = -2  # it in other ways: get, delete; follow-ups


class State(Enum):
    """Where the answer stands."""

    NEW = auto()
    CLAIMED = auto()
    ANSWERED = auto()
    DEFERRED = auto()
    UNKNOWN = auto()


class Step(Enum):
    """What to do now."""

    CALLBACK = auto()  # the first answer
    EDIT_ORIGINAL = auto()
    FOLLOWUP = auto()
    USE = auto()  # go ahead
    WAIT = auto()  # somebody else is at it
    NOTHING = auto()  # it is done already


class Result(Enum):
    """What became of a request."""

    DONE = auto()
    ALREADY = auto()  # 40060
    EXPIRED = auto()  # the interaction or its token is gone
    FAILED = auto()  # refused, or never sent: nothing happened
    UNKNOWN = auto()  # the reply was lost


@dataclass(frozen=True)
class Plan:
    """A step, and for a first answer its callback type; `claims` if it must be settled."""

    step: Step
    callback: int = 0
    claims: bool = False


_WAIT: Final = Plan(Step.WAIT)
_NOTHING: Final = Plan(Step.NOTHING)


class Answer:
    """The answer to one interaction.

    Args:
        interaction_type: 2 command, 3 component, 4 autocomplete, 5 modal.
        has_message: It comes from a component of a message (or a modal opened by one).
        born: When it was created or came, on the clock that `now` is of.
    """

    __slots__ = (
        "_before",
        "_tried",
        "born",
        "deferred",
        "expired",
        "has_message",
        "interaction_type",
        "of_source",
        "state",
    )

    def __init__(self, interaction_type: int, *, has_message: bool, born: float) -> None:
        self.interaction_type = interaction_type
        self.has_message = has_message
        self.born = born
        self.state = State.NEW
        self.deferred = 0  # 5 or 6, while DEFERRED
        self.of_source = False  # the original is the component's message, not a new one
        self.expired = False  # Discord said so
        self._before = State.NEW  # while CLAIMED: what to go back to
        self._tried = 0  # the callback type of a first answer whose reply was lost

    # Asking ----------------------------------------------------------------------------

    def plan(self, kind: Kind, now: float) -> Plan:
        """Say what doing `kind` means now; claim the state if it changes it.

        Raises:
            InvalidArgument: This interaction cannot be answered so at all.
            AlreadyResponded: It is too late for it.
            InteractionExpired: The time is over.
        """
        self._check_kind(kind)
        if self.state is State.CLAIMED:
            return _WAIT
        if self.state in (State.NEW, State.UNKNOWN):
            if kind is Kind.EDIT or kind is Kind.USE:
                if self.state is State.UNKNOWN:
                    self._check_life(now)
                    return Plan(Step.EDIT_ORIGINAL if kind is Kind.EDIT else Step.USE)
                raise InvalidArgument("there is no answer yet: respond() or defer() first")
            self._check_first(now)
            return self._claim(Plan(Step.CALLBACK, kind.value, claims=True))
        if kind in (Kind.DEFER, Kind.DEFER_UPDATE):
            if self.state is State.DEFERRED:
                return _NOTHING
            raise AlreadyResponded("the interaction is answered and cannot be deferred any more")
        self._check_life(now)
        if self.state is State.DEFERRED:
            return self._plan_deferred(kind)
        return self._plan_answered(kind)

    def _plan_deferred(self, kind: Kind) -> Plan:
        if kind is Kind.USE:
            return Plan(Step.USE)
        if kind is Kind.RESPOND and self.deferred == 6:
            return self._claim(Plan(Step.FOLLOWUP, claims=True))
        if kind in (Kind.RESPOND, Kind.EDIT) or (kind is Kind.UPDATE and self.deferred == 6):
            return self._claim(Plan(Step.EDIT_ORIGINAL, claims=True))
        if kind is Kind.UPDATE:
            raise AlreadyResponded(
                "the interaction was deferred with a new message: respond() fills it in"
            )
        what = "a modal" if kind is Kind.MODAL else "this"
        raise AlreadyResponded(
            f"the interaction was deferred already, and {what} can only be the first answer"
            + (": a command that opens a modal must say so" if kind is Kind.MODAL else "")
        )

    def _plan_answered(self, kind: Kind) -> Plan:
        if kind is Kind.USE:
            return Plan(Step.USE)
        if kind is Kind.EDIT or (kind is Kind.UPDATE and self.of_source):
            return Plan(Step.EDIT_ORIGINAL)
        raise AlreadyResponded(
            "the interaction is answered already: use followup() for another message or "
            "edit_response() to change the answer"
        )

    def auto_defer(self, now: float) -> Plan:
        """Say whether the interaction is to be deferred because nobody has answered it.

        Never raises; a claimed one is somebody else's business.
        """
        kind = self.default_defer
        if self.state is not State.NEW or kind is None or now - self.born >= FIRST_LIMIT:
            return _NOTHING
        return self._claim(Plan(Step.CALLBACK, kind.value, claims=True))

    @property
    def default_defer(self) -> Kind | None:
        """How it is deferred where nobody says; None for what cannot be."""
        if self.interaction_type == _AUTOCOMPLETE_INTERACTION:
            return None
        return Kind.DEFER_UPDATE if self.has_message else Kind.DEFER

    # Telling ---------------------------------------------------------------------------

    def settle(self, plan: Plan, result: Result) -> None:
        """Say what became of a plan."""
        if result is Result.EXPIRED:
            self.expired = True
        if not plan.claims:
            return
        if plan.step is Step.CALLBACK:
            self._settle_callback(plan.callback, result)
        elif result is Result.DONE:
            # Filling in; a follow-up leaves the original to the component's message.
            self.state = State.ANSWERED
        else:
            self.state = self._before

    def _settle_callback(self, callback: int, result: Result) -> None:
        if result is Result.DONE:
            self._tried = 0
            self._answered_with(callback)
        elif result is Result.ALREADY:
            # Ours, if one of ours got lost; else somebody deferred as we would have.
            lost = {4: 5, 5: 5, 6: 6, 7: 6}.get(self._tried)
            default = self.default_defer
            self._answered_with(lost or (default.value if default is not None else callback))
        elif result is Result.UNKNOWN:
            self._tried = self._tried or callback
            self.state = State.UNKNOWN
        else:
            self.state = self._before

    def _answered_with(self, callback: int) -> None:
        self.of_source = callback in (6, 7)
        self.deferred = callback if callback in (5, 6) else 0
        self.state = State.DEFERRED if self.deferred else State.ANSWERED

    # -----------------------------------------------------------------------------------

    def _claim(self, plan: Plan) -> Plan:
        self._before = self.state
        self.state = State.CLAIMED
        return plan

    def _check_kind(self, kind: Kind) -> None:
        autocomplete = self.interaction_type == _AUTOCOMPLETE_INTERACTION
        if (kind is Kind.AUTOCOMPLETE) is not autocomplete:
            raise InvalidArgument(
                "an autocomplete interaction takes choices and nothing else"
                if autocomplete
                else "only an autocomplete interaction takes choices"
            )
        if kind in (Kind.UPDATE, Kind.DEFER_UPDATE) and not self.has_message:
            raise InvalidArgument("this interaction does not come from a message: use respond()")
        if kind is Kind.MODAL and self.interaction_type == _MODAL_INTERACTION:
            raise InvalidArgument("a modal cannot be answered with a modal")

    def _check_first(self, now: float) -> None:
        if self.expired or now - self.born >= FIRST_LIMIT:
            raise InteractionExpired(
                "the interaction was not answered within 3 seconds; defer() at once where an "
                "answer takes longer"
            )

    def _check_life(self, now: float) -> None:
        if self.expired or now - self.born >= TOKEN_LIMIT:
            raise InteractionExpired(
                "the interaction's 15 minutes are over; go on with ordinary messages"
            )
