"""Runs one command, component or modal: middleware, guards, hooks, the function, its errors.

Nothing that any of them raises leaves here, but what ends the program or the client: the
user gets an answer, and what was not their doing is logged with an id that they get too.
"""

from __future__ import annotations

import logging
import secrets
import time
import weakref
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import ClientStopped, DisruptionError, InteractionExpired
from ..rest.answer import State
from .context import Context, InteractionContext
from .errors import DialogueEnded, UserError
from .events import CommandCompleted, CommandFailed
from .guards.guard import admitted
from .texts import texts, told

if TYPE_CHECKING:
    from ..client import Client
    from ..rest.responder import Responder
    from .around import Around
    from .guards.guard import Guard
    from .runnable import Runnable

__all__ = ["Runner"]

_log = logging.getLogger("disruption.commands")

Arguments = Callable[[], "tuple[tuple[Any, ...], dict[str, Any]]"]


class Runner:
    """Runs what users use.

    Args:
        client: Whose commands they are.
        around: What is registered on the client.
        around_of: Returns what is registered on the plugin that something belongs to.
    """

    def __init__(
        self,
        client: Client,
        around: Around,
        around_of: Callable[[Runnable[..., Any]], Around | None],
    ) -> None:
        self._client = client
        self._around = around
        self._around_of = around_of

    def run(self, runnable: Runnable[..., Any], ctx: Context, arguments: Arguments) -> None:
        """Run something for a user.

        Args:
            runnable: What.
            ctx: Its context.
            arguments: Makes what comes after the context; called when the guards have let it.
        """
        began = time.monotonic()
        plugin = self._around_of(runnable)
        levels = (self._around,) if plugin is None else (self._around, plugin)
        try:
            if self._around.middleware or (plugin is not None and plugin.middleware):
                self._surround(runnable, ctx, arguments, levels)
            else:
                self._call(runnable, ctx, arguments, levels)
        except ClientStopped:
            raise  # the dispatcher knows about stops
        except Exception as error:
            handlers = list(runnable.all_error_handlers)
            for level in reversed(levels):
                handlers += level.errors
            self._failed(runnable, ctx, error, handlers, began)
            return
        ctx._settle()
        self._ended(runnable, ctx)
        client = self._client
        client.counters.add("commands.completed")
        if client.dispatcher.listens(CommandCompleted):
            self._tell(CommandCompleted(ctx, runnable.qualified_name, time.monotonic() - began))

    def _surround(
        self,
        runnable: Runnable[..., Any],
        ctx: Context,
        arguments: Arguments,
        levels: tuple[Around, ...],
    ) -> None:
        """Call the middleware, the innermost of which calls the function."""
        call: Callable[[], object] = partial(self._call, runnable, ctx, arguments, levels)
        for level in reversed(levels):
            for middleware in reversed(level.middleware):
                call = partial(middleware, ctx, call)
        call()

    def _call(
        self,
        runnable: Runnable[..., Any],
        ctx: Context,
        arguments: Arguments,
        levels: tuple[Around, ...],
    ) -> None:
        """Call the function, if all guards let it."""
        guards: Sequence[Guard] = runnable.all_guards
        for level in reversed(levels):
            if level.guards:
                guards = (*level.guards, *guards)
        if not guards:  # most have none, and the context manager is dear
            self._call_admitted(runnable, ctx, arguments, levels)
            return
        with admitted(guards, ctx):
            self._call_admitted(runnable, ctx, arguments, levels)

    def _call_admitted(
        self,
        runnable: Runnable[..., Any],
        ctx: Context,
        arguments: Arguments,
        levels: tuple[Around, ...],
    ) -> None:
        try:
            values, named = arguments()
        except UserError:
            ctx.reset_cooldown()  # a slip of the fingers is no use of the command
            raise
        for level in levels:
            for hook in level.before:
                hook(ctx)
        for hook in runnable.before_hooks:
            hook(ctx)
        runnable.callback(ctx, *values, **named)
        for hook in runnable.after_hooks:
            hook(ctx)
        for level in reversed(levels):
            for hook in level.after:
                hook(ctx)

    # Errors ----------------------------------------------------------------------------------

    def _failed(
        self,
        runnable: Runnable[..., Any],
        ctx: Context,
        error: Exception,
        handlers: list[Callable[[Any, Exception], object]],
        began: float,
    ) -> None:
        duration = time.monotonic() - began
        original = error
        error_id = ""
        for handler in handlers:
            try:
                handler(ctx, error)
                break
            except ClientStopped:
                raise
            except Exception as raised:
                error = raised  # often the same: it goes on to the next handler
        else:
            error_id = self._answer_error(runnable, ctx, error)
        self._client.counters.add(f"commands.{_counted_as(original)}")
        if self._client.dispatcher.listens(CommandFailed):
            name = runnable.qualified_name
            self._tell(CommandFailed(ctx, name, duration, original, error_id))

    def _answer_error(self, runnable: Runnable[..., Any], ctx: Context, error: Exception) -> str:
        """Do what is done where nobody else takes an error; return its id in the log."""
        name = f"{runnable.kind} {runnable.qualified_name!r}"
        if isinstance(error, UserError):
            _log.debug("%s refused: %s", name, error)
            self._answer(ctx, name, told(ctx, error))
            return ""
        if isinstance(error, DialogueEnded):
            _log.info("%s ended in its dialogue: %s", name, error)
            if not ctx.is_answered:
                self._answer(ctx, name, str(error))
            return ""
        error_id = secrets.token_hex(4)
        _log.error("%s (%s) failed with error %s", name, runnable.where, error_id, exc_info=error)
        if not isinstance(error, InteractionExpired):  # then nobody can be told any more
            self._answer(ctx, name, texts().failed(ctx, error_id))
        return error_id

    def _answer(self, ctx: Context, name: str, text: str) -> None:
        try:
            ctx._tell(text)
        except ClientStopped:
            raise
        except DisruptionError as error:
            self._client.counters.add("commands.unanswered_errors")
            _log.warning("the user of %s could not be told of the error: %s", name, error)

    # Afterwards ------------------------------------------------------------------------------

    def _ended(self, runnable: Runnable[..., Any], ctx: Context) -> None:
        """See to a command that has ended without an answer: nobody is left with "thinking…"."""
        if not isinstance(ctx, InteractionContext):
            return
        interaction = ctx.interaction
        responder = interaction.responder
        if responder.state is State.ANSWERED or interaction.was_handed_over:
            return
        if responder.state is State.NEW and interaction.message is not None:
            try:
                responder.defer()  # a click that wants no answer: it only stops turning
            except DisruptionError as error:
                _log.info("%s went unanswered: %s", runnable.qualified_name, error)
            return
        if responder.state is State.DEFERRED and not responder.is_waited_for:
            return  # the click was taken, and its message stays as it is
        # Another thread may hold it and answer later; once nobody does, it is cleared away.
        cleaner = weakref.finalize(
            interaction, self._abandoned, responder, runnable.qualified_name, self._client
        )
        cleaner.atexit = False

    @staticmethod
    def _abandoned(responder: Responder, name: str, client: Client) -> None:
        state = responder.state
        if state is State.ANSWERED:
            return
        client.counters.add("commands.unanswered")
        if responder.is_waited_for:
            _log.warning(
                "%s ended without an answer to the user, who was told to wait: ctx.respond()", name
            )
            try:
                client.submit(_clear, responder, name)
            except DisruptionError:
                _log.debug("%s stays deferred: the client is stopped", name)
        elif state is not State.DEFERRED:
            _log.warning("%s ended without an answer: the user is told that it failed", name)

    def _tell(self, event: CommandCompleted | CommandFailed) -> None:
        dispatcher = self._client.dispatcher
        dispatcher.push(event)
        dispatcher.flush()


def _counted_as(error: Exception) -> str:
    if isinstance(error, UserError):
        return "refused"
    return "dialogues_ended" if isinstance(error, DialogueEnded) else "failed"


def _clear(responder: Responder, name: str) -> None:
    """Take "thinking…" away where there will be no answer."""
    try:
        responder.delete_response()
    except DisruptionError as error:
        _log.info("%s stays deferred: %s", name, error)
