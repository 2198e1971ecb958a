"""What it takes to answer an interaction from another process."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disruption.rest.answer import State

if TYPE_CHECKING:
    from disruption.rest.interactions import InteractionRoutes
    from disruption.rest.responder import Responder

__all__ = ["InteractionHandle", "Sent"]


@dataclass(frozen=True)
class Sent:
    """The message that is the answer to an interaction.

    Attributes:
        channel_id: Where it is.
        message_id: Which one.
        ephemeral: Only the user sees it.
        followup: It is not the original response but stands for it.
    """

    channel_id: int
    message_id: int
    ephemeral: bool = False
    followup: bool = False


@dataclass(frozen=True)
class InteractionHandle:
    """What it takes to answer an interaction; pickles, so that another process can.

    Attributes:
        application_id: The bot's application.
        interaction_id: The interaction.
        token: Its token, good for 15 minutes; not shown in the repr.
        type: The interaction's type.
        has_message: It comes from a component of a message.
        created_at: Seconds since 1970.
        state: Where its answer stood.
        deferred: The callback type that it was deferred with, 0 where it was not.
        of_source: The original response is the component's message.
        size_limit: How large a file may be, in bytes; None where it is not known.
        hidden: It was deferred, and only the user sees it.
        callback: The type of the first answer, 0 where it is not known.
        sent: The message that is the answer, where it is known.
    """

    application_id: int
    interaction_id: int
    token: str = field(repr=False)
    type: int = 2
    has_message: bool = False
    created_at: float = 0.0
    state: str = State.DEFERRED.name
    deferred: int = 5
    of_source: bool = False
    size_limit: int | None = None
    hidden: bool = False
    callback: int = 0
    sent: Sent | None = None

    def open(self, rest: InteractionRoutes) -> Responder:
        """Return a responder that goes on with this interaction.

        Args:
            rest: With or without a bot's token; ``Rest.anonymous()`` will do.
        """
        from disruption.rest.responder import Responder

        age = max(0.0, time.time() - self.created_at)
        responder = Responder(
            rest,
            application_id=self.application_id,
            interaction_id=self.interaction_id,
            token=self.token,
            type=self.type,
            has_message=self.has_message,
            received_at=time.monotonic() - age,
            size_limit=self.size_limit,
        )
        answer = responder._answer
        # A claim is another process's; to be told by 40060, like any lost reply.
        state = State[self.state]
        answer.state = State.UNKNOWN if state is State.CLAIMED else state
        answer.deferred = self.deferred
        answer.of_source = self.of_source
        answer.hidden = self.hidden
        answer.callback = self.callback or self.deferred
        responder._sent = self.sent
        return responder
