"""Message and modal components by their short names: ``components.File``, ``components.Button``.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from .types.components import *
from .types.components import FileComponent as File
from .types.components import __all__ as _names

__all__ = [*_names, "File"]
