"""Interactions and webhook events that Discord sends by HTTP, as a WSGI app.

`Client.wsgi` is such an app; this package is loaded when it is first asked for. It needs the
extra ``http``, which brings PyNaCl.

See https://discord.com/developers/docs/interactions/overview#configuring-an-interactions-endpoint-url
"""

from __future__ import annotations

from .app import HTTPReply, WSGIApp
from .signature import verify_signature

__all__ = ["HTTPReply", "WSGIApp", "verify_signature"]
