"""How large files may be that are sent with messages.

See https://discord.com/developers/docs/reference#uploading-files
"""

from __future__ import annotations

from typing import Final

__all__ = ["LARGEST_UPLOAD", "USUAL_UPLOAD", "upload_limit"]

USUAL_UPLOAD: Final = 10 << 20  # bytes; also in direct messages
LARGEST_UPLOAD: Final = 100 << 20  # bytes


def upload_limit(premium_tier: int | None) -> int:
    """Return how many bytes a file may have in a guild of this boost tier."""
    tier = int(premium_tier or 0)
    return LARGEST_UPLOAD if tier >= 3 else 50 << 20 if tier == 2 else USUAL_UPLOAD
