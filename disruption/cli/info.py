"""``disruption info``: the versions that a bug report needs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]

__all__ = ["register"]

_CORE = ("websocket-client", "requests", "dataclasses-json", "msgspec")
_EXTRAS = {"zstd": ("zstandard",), "local": ("flask", "websockets")}


def register(subcommands: Subcommands) -> None:
    """Add the subcommand to the parser."""
    text = "print the versions of everything that matters, for bug reports"
    parser = subcommands.add_parser("info", help=text, description=text)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the report."""
    for name, value in _facts():
        print(f"{name + ':':<18} {value}")
    return 0


def _facts() -> Iterator[tuple[str, str]]:
    import os
    import platform
    import ssl
    import sys

    from .. import __version__

    yield "disruption", __version__
    yield "Python", f"{platform.python_version()} ({platform.python_implementation()})"
    yield "system", platform.platform()
    yield "OpenSSL", ssl.OPENSSL_VERSION
    for package in _CORE:
        yield package, _version(package)
    for extra, packages in _EXTRAS.items():
        for package in packages:
            yield package, f"{_version(package)} (extra {extra})"
    yield "gevent", "patched" if "gevent.monkey" in sys.modules else "not loaded"
    # A token is never printed, nor an address, which may be a private one.
    yield "DISCORD_TOKEN", "set" if os.environ.get("DISCORD_TOKEN") else "not set"
    elsewhere = os.environ.get("DISRUPTION_REST_URL")
    yield "REST address", "DISRUPTION_REST_URL" if elsewhere else "Discord's"


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
