"""What users are told when a command refuses them: one place to change or translate it.

```python
class German(Texts):
    def guild_only(self, ctx: Context) -> str:
        return "Das geht nur auf einem Server."

use_texts(German())
```

Every method gets the context, so that a text may follow ``ctx.locale``.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..types.markup import TimestampStyle, mention_time
from .errors import BadArgument, UserError
from .phrases import Phrase

if TYPE_CHECKING:
    from ..types import Permissions
    from .context import Context

__all__ = ["Texts", "said", "texts", "told", "use_texts"]

_COUNTED = 60.0  # seconds; a longer wait is shown as a moment, which Discord counts down


class Texts:
    """The sentences; override those that are to be others, and give an instance to `use_texts`."""

    # Of dialogues, the same for everybody.
    dialogue_timeout = "You took too long to answer."
    dialogue_cancelled = "Cancelled."
    bad_answer = "That does not fit. Try again."
    answer_button = "Answer"
    again_button = "Try again"
    cancel_button = "Cancel"
    cancel_word = "cancel"
    answer_label = "Your answer"

    def missing_permissions(self, ctx: Context, missing: Permissions) -> str:
        """The user lacks permissions."""
        return f"You need {listed(missing.labels)} here."

    def bot_missing_permissions(self, ctx: Context, missing: Permissions) -> str:
        """The bot lacks permissions."""
        return f"I need {listed(missing.labels)} here for that."

    def not_owner(self, ctx: Context) -> str:
        """The user does not own the bot."""
        return "Only the owner of this bot can do that."

    def guild_only(self, ctx: Context) -> str:
        """It was used in a direct message."""
        return "That works in servers only."

    def dm_only(self, ctx: Context) -> str:
        """It was used in a guild."""
        return "That works in direct messages only."

    def nsfw_only(self, ctx: Context) -> str:
        """The channel is not age-restricted."""
        return "That works in age-restricted channels only."

    def missing_role(self, ctx: Context, roles: Sequence[int | str]) -> str:
        """The user has none of these roles, ids or names."""
        shown = [f"<@&{role}>" if isinstance(role, int) else role for role in roles]
        return f"You need the role {listed(shown, 'or')} for that."

    def check_failed(self, ctx: Context) -> str:
        """A check said no and has no message of its own."""
        return "You cannot do that here."

    def on_cooldown(self, ctx: Context, retry_after: float) -> str:
        """It was used too often; `retry_after` is in seconds."""
        return f"That was used a moment ago. Try again {soon(retry_after)}."

    def concurrency_reached(self, ctx: Context, limit: int, by: str) -> str:
        """It runs as often at once as it may; `by` says for whom: ``user``, ``channel`` …"""
        where = {
            "user": " for you",
            "member": " for you",
            "channel": " in this channel",
            "guild": " in this server",
            "role": " for your role",
        }.get(by, "")
        return f"That is still running{where}. Try again when it has ended."

    def failed(self, ctx: Context, error_id: str) -> str:
        """The bot failed; the log has the error under this id."""
        return f"Something went wrong. If you report it, name this id: `{error_id}`"

    def unknown_command(self, ctx: Context) -> str:
        """The command is on Discord, but the bot does not have it any more."""
        return "That command does not exist any more. Reload Discord to see the newest ones."

    def unknown_component(self, ctx: Context) -> str:
        """Nothing in the bot takes this button, menu or modal."""
        return "That does not work any more."

    def not_yours(self, ctx: Context) -> str:
        """The buttons belong to somebody else's dialogue."""
        return "That is not for you."

    def dialogue_over(self, ctx: Context) -> str:
        """The buttons belong to a dialogue that has ended."""
        return "That is over. Start again."

    def missing_argument(self, ctx: Context, parameter: str, usage: str) -> str:
        """A prefix command lacks an argument."""
        return _with_usage(f"`{parameter}` is missing.", usage)

    def bad_argument(self, ctx: Context, parameter: str, value: object, accepts: str) -> str:
        """An argument does not fit; `accepts` says what would, see `phrase`."""
        from .parameters.kind import quoted

        return f"{parameter} must be {accepts}, not {quoted(value)}"

    def phrase(self, ctx: Context, sentence: str, /, **values: object) -> str:
        """What an argument must be, and what is wrong with it where that is said otherwise.

        Args:
            ctx: The context.
            sentence: In English, with names in braces: ``a whole number from {min} to {max}``.
            values: What stands in the braces.
        """
        return sentence.format(**values) if values else sentence

    def too_many_arguments(self, ctx: Context, word: str, usage: str) -> str:
        """A prefix command was given more than it takes, from this word on."""
        shown = word if len(word) <= 40 else f"{word[:39]}…"
        return _with_usage(f'"{shown}" is more than that takes.', usage)

    def subcommand_needed(self, ctx: Context, group: str, names: Sequence[str]) -> str:
        """A prefix command is a group, and none of what is in it was named."""
        return f"`{group}` needs one of {listed([f'`{name}`' for name in names], 'or')} after it."

    def no_such_command(self, ctx: Context, name: str) -> str:
        """Help was asked for a command that is not there, or not for this user."""
        return f"There is no command `{name}`."

    def help_intro(self, ctx: Context, command: str) -> str:
        """What stands below the list of commands; `command` is what tells more of one."""
        return f"`{command}` tells more of one."

    def help_empty(self, ctx: Context) -> str:
        """There is no command that this user may use."""
        return "There are no commands that you can use here."

    def help_aliases(self, ctx: Context, names: Sequence[str]) -> str:
        """The other names of a command."""
        return f"Also: {', '.join(f'`{name}`' for name in names)}"

    def help_default(self, ctx: Context, value: str) -> str:
        """What a parameter is where it is not given."""
        return f"`{value}` if left out"

    def outdated(self, ctx: Context, parameter: str) -> str:
        """The user's Discord shows an older form of the command, without this option."""
        return f"Your Discord shows an older form of this, without `{parameter}`. Reload it."


def _with_usage(text: str, usage: str) -> str:
    return f"{text}\nUsage: `{usage}`" if usage else text


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names as English lists them: ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def soon(seconds: float) -> str:
    """Return when something will be: ``in 12 s``, or a moment that Discord counts down to."""
    if seconds <= _COUNTED:
        return f"in {max(1, math.ceil(seconds))} s"
    return mention_time(math.ceil(time.time() + seconds), TimestampStyle.RELATIVE)


_texts = Texts()


def texts() -> Texts:
    """Return the sentences in use."""
    return _texts


def use_texts(new: Texts) -> None:
    """Let these sentences be used from now on, by all clients of the process."""
    global _texts
    _texts = new


def told(ctx: Context, error: UserError) -> str:
    """Return what the user of a context is told of an error."""
    if isinstance(error, BadArgument) and error.accepts:
        accepts = said(ctx, error.accepts)
        return _texts.bad_argument(ctx, error.parameter, error.value, accepts)
    text = error.args[0] if error.args else None
    return said(ctx, text) if isinstance(text, Phrase) else str(error)


def said(ctx: Context, text: str) -> str:
    """Return a text as the user of a context reads it: phrases in their language."""
    if not isinstance(text, Phrase):
        return text
    values = {
        name: said(ctx, value) if isinstance(value, Phrase) else value
        for name, value in text.values.items()
    }
    return _texts.phrase(ctx, text.sentence, **values)
