"""Plugins by the names of modules: load, unload, reload while the bot runs."""

from __future__ import annotations

import importlib
import inspect
import logging
import pkgutil
import sys
from types import ModuleType
from typing import TYPE_CHECKING

from ..errors import InvalidArgument
from .plugin import Plugin

if TYPE_CHECKING:
    from ..client import Client

__all__ = ["load", "reload", "unload"]

_log = logging.getLogger("disruption.commands")


def load(client: Client, name: str, *, package: str | None = None) -> list[Plugin]:
    """Add the plugins of a module, or of all modules of a package.

    A module's plugins are its `Plugin` objects, and its subclasses of `Plugin` that can be made
    without arguments; or what its function ``setup(client)`` adds or returns.

    Returns:
        The plugins that were added.

    Raises:
        InvalidArgument: There is no such module, or no plugin in it.
    """
    try:
        module = importlib.import_module(name, package)
    except ModuleNotFoundError as error:
        if error.name is not None and name.lstrip(".").startswith(error.name):
            raise InvalidArgument(f"there is no module {name!r} to load plugins from") from error
        raise
    added: list[Plugin] = []
    try:
        for each in _modules(module):
            added += _add_all(client, each)
    except BaseException:
        for plugin in reversed(added):
            plugin._detach()
        raise
    if not added:
        raise InvalidArgument(
            f"{module.__name__!r} has no plugin: no Plugin object, no subclass of Plugin and no "
            "setup(client)"
        )
    return added


def _modules(module: ModuleType) -> list[ModuleType]:
    path = getattr(module, "__path__", None)
    if path is None:
        return [module]
    found = [module]
    for info in pkgutil.walk_packages(path, f"{module.__name__}."):
        if not info.name.rsplit(".", 1)[-1].startswith("_"):
            found.append(importlib.import_module(info.name))
    return found


def _add_all(client: Client, module: ModuleType) -> list[Plugin]:
    before = set(client.commands.plugins.values())
    setup = getattr(module, "setup", None)
    if callable(setup) and getattr(setup, "__module__", None) == module.__name__:
        made = setup(client)
        for plugin in _plugins_in(made):
            if plugin.client is None:
                plugin._attach(client)
    else:
        for value in list(vars(module).values()):
            if isinstance(value, Plugin):
                if value.client is None:
                    value._attach(client)
            elif (
                inspect.isclass(value)
                and issubclass(value, Plugin)
                and value.__module__ == module.__name__
                and not value.__name__.startswith("_")
                and not any(type(plugin) is value for plugin in client.commands.plugins.values())
            ):
                value()._attach(client)
    added = [plugin for plugin in client.commands.plugins.values() if plugin not in before]
    for plugin in added:
        plugin._module = module.__name__
    return added


def _plugins_in(made: object) -> list[Plugin]:
    if isinstance(made, Plugin):
        return [made]
    if isinstance(made, (list, tuple)):
        return [each for each in made if isinstance(each, Plugin)]
    return []


def unload(client: Client, name: str) -> list[Plugin]:
    """Take the plugins of a module or package away.

    Raises:
        InvalidArgument: None of the client's plugins came from there.
    """
    found = [
        plugin
        for plugin in client.commands.plugins.values()
        if plugin._module == name or (plugin._module or "").startswith(f"{name}.")
    ]
    if not found:
        raise InvalidArgument(f"no plugin was loaded from {name!r}")
    for plugin in reversed(found):
        plugin._detach()
    return found


def reload(client: Client, name: str) -> list[Plugin]:
    """Load the plugins of a module or package anew, from the files as they are now.

    Where the new code cannot be loaded, the old plugins are put back, and the error is raised.

    Returns:
        The new plugins.

    Raises:
        InvalidArgument: None of the client's plugins came from there.
    """
    old = unload(client, name)
    kept = {
        key: sys.modules.pop(key)
        for key in list(sys.modules)
        if key == name or key.startswith(f"{name}.")
    }
    importlib.invalidate_caches()
    try:
        return load(client, name)
    except BaseException:
        _log.error("%r could not be loaded anew; the plugins stay as they were", name)
        for key in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[key]
        sys.modules.update(kept)
        for plugin in old:
            plugin._attach(client)
        raise
