"""From what a user has written to a client that runs on the test's Discord."""

from __future__ import annotations

import importlib.util
import inspect
import itertools
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..client import Client
from ..errors import InvalidArgument
from ..handler import Handler
from ..types.events import UnknownEvent
from .traffic import MARK

if TYPE_CHECKING:
    from ..local import Bot, World
    from .errors import ErrorLog

__all__ = ["running", "settled"]

_CONNECT = 15.0  # seconds
_STOP = 10.0
_TOKEN, _URL = "DISCORD_TOKEN", "DISRUPTION_REST_URL"
_marks = itertools.count(1)

_HOW = (
    "give a class of handlers, a function that returns a Client, or 'module:name' of one of these"
)


@contextmanager
def running(
    factory: Any, account: Bot, rest_url: str, name: str, errors: ErrorLog
) -> Iterator[Client]:
    """Make a client, run it for as long as the block lasts, and stop it.

    Meanwhile the environment says where Discord is and what the token is, so that a bot that
    takes both from there runs unchanged. Its commands are synced, as its program would do.
    """
    with _environment({_TOKEN: account.token, _URL: rest_url}), _loaded(factory) as loaded:
        client = _made(loaded, account, rest_url, name)
        errors.watch(client)
        if client.has_commands:
            client.sync_commands()
        client.connect(timeout=_CONNECT)
        try:
            yield client
        finally:
            client.stop(_STOP)


def settled(client: Client, world: World, timeout: float) -> bool:
    """Wait until a client has handled everything that has happened so far."""
    user = client.user
    if user is not None and client.is_ready:
        number = next(_marks)
        marks = client.events(
            UnknownEvent, check=lambda event: event.data == number, timeout=timeout, max=1
        )
        data: Any = number  # no event of Discord's is a bare number
        world.announce(MARK, data, user_ids=(str(user.id),))
        if not list(marks):
            return False
    return client.dispatcher.wait_idle(timeout)


def _made(factory: Any, account: Bot, rest_url: str, name: str) -> Client:
    """Return the client that a factory, or what it returns, stands for."""
    made = factory
    if inspect.isclass(made) or not isinstance(made, (Client, Handler)):
        if not callable(made):
            raise InvalidArgument(f"{made!r} makes no client: {_HOW}")
        made = made(**_asked_for(made, {"token": account.token, "rest_url": rest_url}))
    if isinstance(made, Handler):
        made = Client(made, token=account.token, rest_url=rest_url, name=name)
    if not isinstance(made, Client):
        raise InvalidArgument(f"{factory!r} made {made!r}, which is no client: {_HOW}")
    if made.rest.base_url.rstrip("/") != rest_url:
        raise InvalidArgument(
            f"the client of {factory!r} would connect to {made.rest.base_url}, not to the test's "
            "Discord: make it anew for each test and pass no rest_url, or the one that the "
            "function is given (a client at the top of a module is named 'module:client')"
        )
    return made


def _asked_for(function: Any, values: dict[str, str]) -> dict[str, str]:
    """Return those of the values that a function has a parameter for."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return {}
    if inspect.isclass(function) and issubclass(function, Handler):
        return {}
    if any(item.kind is item.VAR_KEYWORD for item in parameters):
        return values
    return {item.name: values[item.name] for item in parameters if item.name in values}


@contextmanager
def _loaded(factory: Any) -> Iterator[Any]:
    """Yield what "module:name" or "path/bot.py:name" names, from a module loaded anew.

    A client at the top of a module can be made only once, so the module is loaded for each
    test. Its old self is back in `sys.modules` afterwards.
    """
    if not isinstance(factory, str):
        yield factory
        return
    place, colon, attribute = factory.rpartition(":")
    if not colon or not place or not attribute:
        raise InvalidArgument(f"{factory!r} is no 'module:name' nor 'path/bot.py:name'")
    module, loader = _module(place)
    before = sys.modules.get(module.__name__)
    sys.modules[module.__name__] = module
    try:
        loader.exec_module(module)
        value: Any = module
        for part in attribute.split("."):
            value = getattr(value, part, None)
        if value is None:
            raise InvalidArgument(f"{factory!r}: the module has no {attribute!r}")
        yield value
    finally:
        if before is None:
            del sys.modules[module.__name__]
        else:
            sys.modules[module.__name__] = before


def _module(place: str) -> tuple[ModuleType, Any]:
    if place.endswith(".py"):
        path = Path(place).resolve()
        spec = importlib.util.spec_from_file_location(path.stem, path) if path.exists() else None
    else:
        try:
            spec = importlib.util.find_spec(place)
        except ModuleNotFoundError:
            spec = None
    if spec is None or spec.loader is None:
        raise InvalidArgument(
            f"there is no module {place!r}; is its folder on the path? In pytest's settings, "
            'pythonpath = ["."] puts it there'
        )
    return importlib.util.module_from_spec(spec), spec.loader


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
