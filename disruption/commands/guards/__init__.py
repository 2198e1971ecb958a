"""Who may run a command, where, and how often: checks, cooldowns, limits of how many at once.

A guard is an object with a method ``check(ctx)`` that refuses by raising a `UserError`; the
decorators here put one on a command, a group or a plugin.
"""

from .concurrency import MaxConcurrency, max_concurrency
from .cooldown import Cooldown, cooldown, reset_cooldown
from .custom import Check, check
from .guard import (
    GUARDS,
    EnteringGuard,
    Guard,
    GuardDecorator,
    admitted,
    allows,
    guarded,
    guards_of,
)
from .owner import OwnerOnly, owner_ids, owner_only
from .permissions import BotRequires, Requires, bot_requires, requires
from .places import DmOnly, GuildOnlyGuard, NsfwOnly, dm_only, guild_only, nsfw_only
from .roles import HasRole, has_any_role, has_role

__all__ = [
    "GUARDS",
    "BotRequires",
    "Check",
    "Cooldown",
    "DmOnly",
    "EnteringGuard",
    "Guard",
    "GuardDecorator",
    "GuildOnlyGuard",
    "HasRole",
    "MaxConcurrency",
    "NsfwOnly",
    "OwnerOnly",
    "Requires",
    "admitted",
    "allows",
    "bot_requires",
    "check",
    "cooldown",
    "dm_only",
    "guarded",
    "guards_of",
    "guild_only",
    "has_any_role",
    "has_role",
    "max_concurrency",
    "nsfw_only",
    "owner_ids",
    "owner_only",
    "requires",
    "reset_cooldown",
]
