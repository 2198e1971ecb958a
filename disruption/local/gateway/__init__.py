"""The gateway of the local Discord: sessions, intents, resumes, compression, close codes.

`server` listens, `connection` has the threads of one client, `conversation` its rules, `hub` the
sessions and who hears what, `session` the sequence and the replay.
"""

from __future__ import annotations

from .hub import Hub
from .options import GatewayOptions
from .server import GatewayServer

__all__ = ["GatewayOptions", "GatewayServer", "Hub"]
