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
    from .rest import Rest as Rest
    from .types import *
    from .types.events import *

_HOMES = {
    "Client": "client",
    "ClientStats": "client",
    "Connected": "gateway",
    "Disconnected": "gateway",
    "File": "rest",
    "Gateway": "gateway",
    "Handler": "handler",
    "Rest": "rest",
    "SessionState": "gateway",
}


def __getattr__(name: str) -> Any:
    if name == "__all__":  # asked for by ``from disruption import *``
        return _public()
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = _HOMES.get(name)
    if name == "components":
        value: Any = import_module(".components", __name__)
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

    return sorted({*_HOMES, *errors.__all__, *types.__all__, "components"})
