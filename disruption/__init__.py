"""Discord bots in plain, blocking Python.

```python
from disruption import Client, Handler, Message

class MyBot(Handler):
    def on_message(self, message: Message) -> None:
        if message.content == "!ping":
            message.reply("Pong!")

Client(MyBot(), token="…").run()
```

Everything public is importable from here, and loaded when it is first asked
for. The three parts stand alone too: `disruption.types`, `disruption.gateway`,
`disruption.rest`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from . import components as components
    from .client import Client as Client
    from .client import ClientStats as ClientStats
    from .commands.command import Command as Command
    from .commands.components import View as View
    from .commands.components import button as button
    from .commands.components import select as select
    from .commands.context import AutocompleteContext as AutocompleteContext
    from .commands.context import ChatContext as ChatContext
    from .commands.context import ComponentContext as ComponentContext
    from .commands.context import Context as Context
    from .commands.context import MessageContext as MessageContext
    from .commands.context import ModalContext as ModalContext
    from .commands.context import PrefixContext as PrefixContext
    from .commands.context import SlashContext as SlashContext
    from .commands.context import UserContext as UserContext
    from .commands.decorators import command as command
    from .commands.decorators import component as component
    from .commands.decorators import group as group
    from .commands.decorators import listener as listener
    from .commands.decorators import message_command as message_command
    from .commands.decorators import modal as modal
    from .commands.decorators import user_command as user_command
    from .commands.dialogue.clicks import Click as Click
    from .commands.dialogue.form import form as form
    from .commands.dialogue.inputs import Long as Long
    from .commands.dialogue.inputs import Placeholder as Placeholder
    from .commands.errors import BadArgument as BadArgument
    from .commands.errors import BotMissingPermissions as BotMissingPermissions
    from .commands.errors import CheckFailed as CheckFailed
    from .commands.errors import CommandDefinitionError as CommandDefinitionError
    from .commands.errors import CommandError as CommandError
    from .commands.errors import ConcurrencyReached as ConcurrencyReached
    from .commands.errors import DialogueCancelled as DialogueCancelled
    from .commands.errors import DialogueEnded as DialogueEnded
    from .commands.errors import DialogueTimeout as DialogueTimeout
    from .commands.errors import DirectMessageOnly as DirectMessageOnly
    from .commands.errors import GuildOnly as GuildOnly
    from .commands.errors import MissingArgument as MissingArgument
    from .commands.errors import MissingPermissions as MissingPermissions
    from .commands.errors import MissingRole as MissingRole
    from .commands.errors import NotOwner as NotOwner
    from .commands.errors import NotYours as NotYours
    from .commands.errors import NSFWOnly as NSFWOnly
    from .commands.errors import OnCooldown as OnCooldown
    from .commands.errors import TooManyArguments as TooManyArguments
    from .commands.errors import UserError as UserError
    from .commands.events import CommandCompleted as CommandCompleted
    from .commands.events import CommandFailed as CommandFailed
    from .commands.group import Group as Group
    from .commands.guards import Cooldown as Cooldown
    from .commands.guards import Guard as Guard
    from .commands.guards import MaxConcurrency as MaxConcurrency
    from .commands.guards import bot_requires as bot_requires
    from .commands.guards import check as check
    from .commands.guards import dm_only as dm_only
    from .commands.guards import guarded as guarded
    from .commands.guards import guild_only as guild_only
    from .commands.guards import has_any_role as has_any_role
    from .commands.guards import has_role as has_role
    from .commands.guards import max_concurrency as max_concurrency
    from .commands.guards import nsfw_only as nsfw_only
    from .commands.guards import owner_only as owner_only
    from .commands.guards import requires as requires
    from .commands.guards.cooldown import cooldown as cooldown
    from .commands.parameters import Autocomplete as Autocomplete
    from .commands.parameters import ChannelTypes as ChannelTypes
    from .commands.parameters import Choice as Choice
    from .commands.parameters import Choices as Choices
    from .commands.parameters import Converter as Converter
    from .commands.parameters import Description as Description
    from .commands.parameters import FileTypes as FileTypes
    from .commands.parameters import Length as Length
    from .commands.parameters import Localized as Localized
    from .commands.parameters import Mentionable as Mentionable
    from .commands.parameters import Name as Name
    from .commands.parameters import Range as Range
    from .commands.parameters import Translations as Translations
    from .commands.parameters import Zone as Zone
    from .commands.parameters import localize as localize
    from .commands.parameters import parse_datetime as parse_datetime
    from .commands.parameters import parse_timedelta as parse_timedelta
    from .commands.parameters import register_converter as register_converter
    from .commands.parameters import translation_keys as translation_keys
    from .commands.plugin import Plugin as Plugin
    from .commands.prefix import Prefixes as Prefixes
    from .commands.prefix import help_pages as help_pages
    from .commands.sync import SyncFailed as SyncFailed
    from .commands.sync import SyncReport as SyncReport
    from .commands.texts import Texts as Texts
    from .commands.texts import use_texts as use_texts
    from .errors import *
    from .gateway import Connected as Connected
    from .gateway import Disconnected as Disconnected
    from .gateway import Gateway as Gateway
    from .gateway import SessionState as SessionState
    from .handler import Handler as Handler
    from .rest import File as File
    from .rest import Outcome as Outcome
    from .rest import Rest as Rest
    from .rest import VoiceMessage as VoiceMessage
    from .rest import WebhookLogHandler as WebhookLogHandler
    from .rest import authorization_url as authorization_url
    from .rest import batch as batch
    from .rest.handle import InteractionHandle as InteractionHandle
    from .tasks import Cron as Cron
    from .tasks import Interval as Interval
    from .tasks import Task as Task
    from .tasks import TaskRun as TaskRun
    from .tasks import TimesOfDay as TimesOfDay
    from .tasks import at as at
    from .tasks import cron as cron
    from .tasks import every as every
    from .tasks.jobs import JobState as JobState
    from .tasks.jobs import JobStore as JobStore
    from .tasks.jobs import StoredJob as StoredJob
    from .tasks.jobs import current_job as current_job
    from .tasks.jobs import job as job
    from .types import *
    from .types import cdn as cdn
    from .types import links as links
    from .types import markdown as markdown
    from .types import markup as markup
    from .types.cdn import Asset as Asset
    from .types.colour import Color as Color
    from .types.colour import Colour as Colour
    from .types.events import *
    from .types.links import find_links as find_links
    from .types.links import parse_link as parse_link
    from .types.markdown import escape_markdown as escape_markdown
    from .types.markdown import escape_mentions as escape_mentions
    from .types.markdown import strip_markdown as strip_markdown
    from .types.markup import TimestampStyle as TimestampStyle
    from .types.markup import parse_mentions as parse_mentions
    from .types.rules.permissions import PermissionExplanation as PermissionExplanation
    from .types.rules.permissions import PermissionRule as PermissionRule
    from .types.rules.permissions import PermissionStep as PermissionStep
    from .types.snowflakes import SnowflakeParts as SnowflakeParts
    from .types.snowflakes import shard_of as shard_of
    from .types.snowflakes import snowflake_parts as snowflake_parts
    from .types.text import clean_content as clean_content
    from .types.text import split_text as split_text
    from .types.text import truncate as truncate
    from .wsgi import HTTPReply as HTTPReply
    from .wsgi import WSGIApp as WSGIApp
    from .wsgi import verify_signature as verify_signature

_HOMES = {
    "Asset": "types.cdn",
    "Autocomplete": "commands.parameters",
    "AutocompleteContext": "commands.context",
    "BadArgument": "commands.errors",
    "BotMissingPermissions": "commands.errors",
    "ChannelTypes": "commands.parameters",
    "ChatContext": "commands.context",
    "CheckFailed": "commands.errors",
    "Choice": "commands.parameters",
    "Choices": "commands.parameters",
    "Click": "commands.dialogue.clicks",
    "Client": "client",
    "ClientStats": "client",
    "Color": "types.colour",
    "Colour": "types.colour",
    "Command": "commands.command",
    "CommandCompleted": "commands.events",
    "CommandDefinitionError": "commands.errors",
    "CommandError": "commands.errors",
    "CommandFailed": "commands.events",
    "ComponentContext": "commands.context",
    "ConcurrencyReached": "commands.errors",
    "Connected": "gateway",
    "Context": "commands.context",
    "Converter": "commands.parameters",
    "Cooldown": "commands.guards",
    "Cron": "tasks",
    "Description": "commands.parameters",
    "DialogueCancelled": "commands.errors",
    "DialogueEnded": "commands.errors",
    "DialogueTimeout": "commands.errors",
    "DirectMessageOnly": "commands.errors",
    "Disconnected": "gateway",
    "File": "rest",
    "FileTypes": "commands.parameters",
    "Gateway": "gateway",
    "Group": "commands.group",
    "Guard": "commands.guards",
    "GuildOnly": "commands.errors",
    "HTTPReply": "wsgi",
    "Handler": "handler",
    "InteractionHandle": "rest.handle",
    "Interval": "tasks",
    "JobState": "tasks.jobs",
    "JobStore": "tasks.jobs",
    "Length": "commands.parameters",
    "Localized": "commands.parameters",
    "Long": "commands.dialogue.inputs",
    "MaxConcurrency": "commands.guards",
    "Mentionable": "commands.parameters",
    "MessageContext": "commands.context",
    "MissingArgument": "commands.errors",
    "MissingPermissions": "commands.errors",
    "MissingRole": "commands.errors",
    "ModalContext": "commands.context",
    "NSFWOnly": "commands.errors",
    "Name": "commands.parameters",
    "NotOwner": "commands.errors",
    "NotYours": "commands.errors",
    "OnCooldown": "commands.errors",
    "Outcome": "rest",
    "PermissionExplanation": "types.rules.permissions",
    "PermissionRule": "types.rules.permissions",
    "PermissionStep": "types.rules.permissions",
    "Placeholder": "commands.dialogue.inputs",
    "Plugin": "commands.plugin",
    "PrefixContext": "commands.context",
    "Prefixes": "commands.prefix",
    "Range": "commands.parameters",
    "Rest": "rest",
    "SessionState": "gateway",
    "SlashContext": "commands.context",
    "SnowflakeParts": "types.snowflakes",
    "StoredJob": "tasks.jobs",
    "SyncFailed": "commands.sync",
    "SyncReport": "commands.sync",
    "Task": "tasks",
    "TaskRun": "tasks",
    "Texts": "commands.texts",
    "TimesOfDay": "tasks",
    "TimestampStyle": "types.markup",
    "TooManyArguments": "commands.errors",
    "Translations": "commands.parameters",
    "UserContext": "commands.context",
    "UserError": "commands.errors",
    "View": "commands.components",
    "VoiceMessage": "rest",
    "WSGIApp": "wsgi",
    "WebhookLogHandler": "rest",
    "Zone": "commands.parameters",
    "at": "tasks",
    "authorization_url": "rest",
    "batch": "rest",
    "bot_requires": "commands.guards",
    "button": "commands.components",
    "check": "commands.guards",
    "clean_content": "types.text",
    "command": "commands.decorators",
    "component": "commands.decorators",
    "cooldown": "commands.guards",
    "cron": "tasks",
    "current_job": "tasks.jobs",
    "dm_only": "commands.guards",
    "escape_markdown": "types.markdown",
    "escape_mentions": "types.markdown",
    "every": "tasks",
    "form": "commands.dialogue.form",
    "find_links": "types.links",
    "group": "commands.decorators",
    "guarded": "commands.guards",
    "guild_only": "commands.guards",
    "has_any_role": "commands.guards",
    "has_role": "commands.guards",
    "help_pages": "commands.prefix",
    "job": "tasks.jobs",
    "listener": "commands.decorators",
    "localize": "commands.parameters",
    "max_concurrency": "commands.guards",
    "message_command": "commands.decorators",
    "modal": "commands.decorators",
    "nsfw_only": "commands.guards",
    "owner_only": "commands.guards",
    "parse_datetime": "commands.parameters",
    "parse_link": "types.links",
    "parse_mentions": "types.markup",
    "parse_timedelta": "commands.parameters",
    "register_converter": "commands.parameters",
    "requires": "commands.guards",
    "select": "commands.components",
    "shard_of": "types.snowflakes",
    "snowflake_parts": "types.snowflakes",
    "split_text": "types.text",
    "strip_markdown": "types.markdown",
    "translation_keys": "commands.parameters",
    "truncate": "types.text",
    "use_texts": "commands.texts",
    "user_command": "commands.decorators",
    "verify_signature": "wsgi",
}
_MODULES = {
    "cdn": "types.cdn",
    "components": "components",
    "links": "types.links",
    "markdown": "types.markdown",
    "markup": "types.markup",
}


def __getattr__(name: str) -> Any:
    if name == "__all__":  # asked for by ``from disruption import *``
        return _public()
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = _HOMES.get(name)
    if name in _MODULES:
        value: Any = import_module(f".{_MODULES[name]}", __name__)
    elif home is not None:
        value = getattr(import_module(f".{home}", __name__), name)
    else:
        for part in ("types", "errors"):
            module = import_module(f".{part}", __name__)
            if name in module.__all__:
                value = getattr(module, name)
                break
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_public()})


def _public() -> list[str]:
    from . import errors, types

    return sorted({*_HOMES, *_MODULES, *errors.__all__, *types.__all__})
