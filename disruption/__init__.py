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

_HOMES = {
    "Asset": "types.cdn",
    "Client": "client",
    "ClientStats": "client",
    "Color": "types.colour",
    "Colour": "types.colour",
    "Connected": "gateway",
    "Disconnected": "gateway",
    "File": "rest",
    "Gateway": "gateway",
    "Handler": "handler",
    "Outcome": "rest",
    "PermissionExplanation": "types.rules.permissions",
    "PermissionRule": "types.rules.permissions",
    "PermissionStep": "types.rules.permissions",
    "Rest": "rest",
    "SessionState": "gateway",
    "SnowflakeParts": "types.snowflakes",
    "TimestampStyle": "types.markup",
    "VoiceMessage": "rest",
    "WebhookLogHandler": "rest",
    "authorization_url": "rest",
    "batch": "rest",
    "clean_content": "types.text",
    "escape_markdown": "types.markdown",
    "escape_mentions": "types.markdown",
    "find_links": "types.links",
    "parse_link": "types.links",
    "parse_mentions": "types.markup",
    "shard_of": "types.snowflakes",
    "snowflake_parts": "types.snowflakes",
    "split_text": "types.text",
    "strip_markdown": "types.markdown",
    "truncate": "types.text",
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
