"""The state of one interaction's answer, as rules: no threads, no clock, no I/O.

NEW → CLAIMED → ANSWERED, DEFERRED or UNKNOWN. Whoever wants to act asks for a `Plan`;
one that acts on the state has thereby claimed it, and must `settle` it when the request
is over. Others wait meanwhile, and then ask again.

* The first answer must come within 3 seconds, all others within 15 minutes.
* Commands are deferred with type 5, after which the response fills in the original;
  components with type 6, after which it is a follow-up, and an update edits the original.
* A follow-up to a deferred command fills in the original too, as Discord has it.
* What is ephemeral is never shown to all because somebody deferred for all: the original is
  then replaced by an ephemeral follow-up.
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
    GET = -2
    DELETE = -3
    FOLLOWUP = -4


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
    REPLACE = auto()  # delete the original, which all see, and follow up
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
    """What to do.

    Attributes:
        step: The kind of request.
        callback: The callback type of a first answer, else 0.
        claims: Whether others wait until it is settled.
        hidden: It is a deferral that only the user sees.
        resolves: It is no more than a deferral sent again, to learn whether it has arrived;
            then ask again.
    """

    step: Step
    callback: int = 0
    claims: bool = False
    hidden: bool = False
    resolves: bool = False


_WAIT: Final = Plan(Step.WAIT)
_NOTHING: Final = Plan(Step.NOTHING)

_TOO_LATE: Final = (
    "the interaction was not answered within 3 seconds; defer() at once where it takes longer"
)

_DEFERRALS: Final = (5, 6)

# Answers that are no message: choices, a modal, the activity.
WITHOUT_MESSAGE: Final = frozenset((8, 9, 12))

# What an answer that got lost is, once 40060 has said that there is one: a message is still to
# be filled in, which changes nothing where it was carried out.
_LOST: Final = {4: 5, 5: 5, 6: 6, 7: 6, 8: 8, 9: 9, 12: 12}

# What is done to an answer that is there, or may be; whoever does it answers thereby.
_AFTER: Final = {
    Kind.EDIT: Plan(Step.EDIT_ORIGINAL, claims=True),
    Kind.UPDATE: Plan(Step.EDIT_ORIGINAL, claims=True),
    Kind.DELETE: Plan(Step.USE, claims=True),
    Kind.FOLLOWUP: Plan(Step.FOLLOWUP, claims=True),
}


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
        "_tried_hidden",
        "born",
        "callback",
        "deferred",
        "expired",
        "has_message",
        "hidden",
        "interaction_type",
        "of_source",
        "state",
    )

    def __init__(self, interaction_type: int, *, has_message: bool, born: float) -> None:
        self.interaction_type = interaction_type
        self.has_message = has_message
        self.born = born
        self.state = State.NEW
        self.callback = 0  # the type of the first answer, where it is known
        self.deferred = 0  # 5 or 6, while DEFERRED
        self.hidden = False  # deferred, and only the user sees it
        self.of_source = False  # the original is the component's message, not a new one
        self.expired = False  # Discord said so
        self._before = State.NEW  # while CLAIMED: what to go back to
        self._tried = 0  # the callback type of a first answer whose reply was lost
        self._tried_hidden = False

    # Asking ----------------------------------------------------------------------------

    def plan(self, kind: Kind, now: float, *, ephemeral: bool = False) -> Plan:
        """Say what doing `kind` means now; claim the state if it changes it.

        Args:
            kind: What somebody wants to do.
            now: The time.
            ephemeral: Only the user is to see it.

        Raises:
            InvalidArgument: This interaction cannot be answered so at all.
            AlreadyResponded: It is too late for it.
            InteractionExpired: The time is over.
        """
        self._check_kind(kind)
        if self.state is State.CLAIMED:
            return _WAIT
        if self.state is State.NEW and kind.value < 0:
            raise InvalidArgument("there is no answer yet: respond() or defer() first")
        deferral_lost = self.state is State.UNKNOWN and self._tried in _DEFERRALS
        if deferral_lost and not self.is_late(now):
            return self._send_again(resolves=kind not in (Kind.DEFER, Kind.DEFER_UPDATE))
        if self.state is State.UNKNOWN and (kind.value < 0 or self.is_late(now)):
            return self._plan_unknown(kind, now, ephemeral)
        if self.state in (State.NEW, State.UNKNOWN):
            self._check_first(now)
            return self._plan_first(kind, ephemeral)
        if kind in (Kind.DEFER, Kind.DEFER_UPDATE):
            if self.state is State.DEFERRED:
                return _NOTHING
            raise AlreadyResponded("the interaction is answered and cannot be deferred any more")
        self._check_life(now)
        if self.state is State.DEFERRED:
            return self._plan_deferred(kind, ephemeral)
        return self._plan_answered(kind)

    def _plan_first(self, kind: Kind, ephemeral: bool) -> Plan:
        callback = kind.value
        if kind is Kind.DEFER and self._tried == Kind.UPDATE.value:
            callback = Kind.DEFER_UPDATE.value  # so that 40060 cannot mean two things
        hidden = ephemeral and callback == Kind.DEFER.value
        return self._claim(Plan(Step.CALLBACK, callback, claims=True, hidden=hidden))

    def _send_again(self, *, resolves: bool) -> Plan:
        """Send the deferral again whose reply was lost."""
        hidden = self._tried_hidden
        return self._claim(Plan(Step.CALLBACK, self._tried, True, hidden, resolves))

    def _plan_unknown(self, kind: Kind, now: float, ephemeral: bool) -> Plan:
        """There may be an answer; what comes of this tells."""
        self._check_life(now)
        tried = self._tried
        if kind is Kind.GET:
            return Plan(Step.USE)
        # What another process may have deferred for all to see, or we.
        fillable = tried == 5 or not self.has_message
        if ephemeral and fillable and kind in (Kind.RESPOND, Kind.FOLLOWUP):
            return self._claim(Plan(Step.REPLACE, claims=True))
        if kind is Kind.RESPOND and tried in (4, 5):
            return self._claim(Plan(Step.EDIT_ORIGINAL, claims=True))
        if kind is Kind.RESPOND and tried == 6:
            return self._claim(Plan(Step.FOLLOWUP, claims=True))
        if kind.value < 0 or (kind is Kind.UPDATE and tried in (6, 7)):
            return self._claim(_AFTER[kind])
        raise InteractionExpired(_TOO_LATE)

    def _plan_deferred(self, kind: Kind, ephemeral: bool) -> Plan:
        if kind is Kind.GET:
            return Plan(Step.USE)
        if kind is Kind.FOLLOWUP and self.deferred == 6:
            return Plan(Step.FOLLOWUP)
        if kind in (Kind.RESPOND, Kind.FOLLOWUP):
            if self.deferred == 6 or kind is Kind.FOLLOWUP:
                step = Step.FOLLOWUP
            else:
                step = Step.EDIT_ORIGINAL
            if ephemeral and self.deferred == 5 and not self.hidden:
                step = Step.REPLACE
            return self._claim(Plan(step, claims=True))
        if kind in (Kind.EDIT, Kind.DELETE) or (kind is Kind.UPDATE and self.deferred == 6):
            return self._claim(_AFTER[kind])
        if kind is Kind.UPDATE:
            raise AlreadyResponded(
                "the interaction was deferred with a new message: respond() fills it in, and "
                "message.edit() changes the component's message"
            )
        what = "a modal" if kind is Kind.MODAL else "this"
        raise AlreadyResponded(
            f"the interaction was deferred already, and {what} can only be the first answer"
            + (": a command that opens a modal must say so" if kind is Kind.MODAL else "")
        )

    def _plan_answered(self, kind: Kind) -> Plan:
        if kind is Kind.FOLLOWUP:
            return Plan(Step.FOLLOWUP)
        if kind.value < 0 and self.callback in WITHOUT_MESSAGE:
            raise InvalidArgument("the interaction was not answered with a message")
        if kind in (Kind.GET, Kind.DELETE):
            return Plan(Step.USE)
        if kind is Kind.EDIT or (kind is Kind.UPDATE and self.of_source):
            return Plan(Step.EDIT_ORIGINAL)
        if kind is Kind.UPDATE:
            raise AlreadyResponded(
                "the interaction is answered already with a message of its own: update() before "
                "respond(), or change the component's message with message.edit()"
            )
        if kind is Kind.MODAL:
            raise AlreadyResponded(
                "the interaction is answered already, and a modal can only be the first answer"
            )
        raise AlreadyResponded(
            "the interaction is answered already: use followup() for another message or "
            "edit_response() (edit() of a context) to change the answer"
        )

    def auto_defer(self, now: float, *, ephemeral: bool = False, again: bool = False) -> Plan:
        """Say whether the interaction is to be deferred because nobody has answered it.

        Never raises; a claimed one is somebody else's business.

        Args:
            now: The time.
            ephemeral: Only the user will see the answer.
            again: The reply to the last try was lost.
        """
        kind = self.default_defer
        if kind is None or self.is_late(now):
            return _NOTHING
        if again and self.state is State.UNKNOWN and self._tried in _DEFERRALS:
            return self._send_again(resolves=False)
        return self._plan_first(kind, ephemeral) if self.state is State.NEW else _NOTHING

    def is_late(self, now: float) -> bool:
        """Tell whether it is too late for a first answer."""
        return self.expired or now - self.born >= FIRST_LIMIT

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
            self._settle_callback(plan, result)
        elif result is Result.DONE:
            # Filling in; a follow-up leaves the original to the component's message.
            if self._before is State.UNKNOWN:
                self.callback = self._tried
                self.of_source = self._tried in (6, 7)
            self.state = State.ANSWERED
            self.deferred = 0
        else:
            self.state = self._before

    def _settle_callback(self, plan: Plan, result: Result) -> None:
        if result is Result.DONE:
            self._answered_with(plan.callback, plan.hidden)
        elif result is Result.ALREADY:
            # Ours, if one of ours got lost; else somebody deferred as we would have.
            default = self.default_defer
            lost = _LOST.get(self._tried)
            # Who sees it is not known; components are not deferred for all to see.
            hidden = self._tried == Kind.RESPOND.value and self.has_message
            self._answered_with(lost or (default.value if default else plan.callback), hidden)
        elif result is Result.UNKNOWN:
            self._note_lost(plan)
            self.state = State.UNKNOWN
        else:
            self.state = self._before

    def _note_lost(self, plan: Plan) -> None:
        """Remember the callback that 40060 will mean; of several what does least harm.

        To take the component's message for a new one would overwrite it. A deferral can be
        sent again, which tells.
        """
        tried, new = self._tried, plan.callback
        if not tried or new in _DEFERRALS or (new == 7 and tried not in _DEFERRALS):
            self._tried, self._tried_hidden = new, plan.hidden
        elif tried in WITHOUT_MESSAGE:
            self._tried = new

    def _answered_with(self, callback: int, hidden: bool) -> None:
        self._tried = 0
        self.callback = callback
        self.of_source = callback in (6, 7)
        self.deferred = callback if callback in (5, 6) else 0
        self.hidden = hidden
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
        if self.is_late(now):
            raise InteractionExpired(_TOO_LATE)

    def _check_life(self, now: float) -> None:
        if now - self.born >= TOKEN_LIMIT:
            raise InteractionExpired(
                "the interaction's 15 minutes are over; go on with ordinary messages"
            )
        if self.expired:
            raise InteractionExpired("Discord does not know the interaction any more")
