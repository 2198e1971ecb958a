"""Whether a request is Discord's: Ed25519 over the timestamp and the body, as they came.

See https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
"""

from __future__ import annotations

import re
from typing import Final

from ..errors import InvalidArgument, MissingExtra

__all__ = ["check_public_key", "verify_signature"]

_KEY: Final = re.compile(r"[0-9a-fA-F]{64}")
_SIGNATURE: Final = re.compile(r"[0-9a-fA-F]{128}")


def check_public_key(public_key: str) -> str:
    """Return an application's public key, checked.

    Raises:
        InvalidArgument: It is not 64 hexadecimal digits.
        MissingExtra: The extra ``http`` is not installed.
    """
    key = public_key.strip() if isinstance(public_key, str) else ""
    if not _KEY.fullmatch(key):
        raise InvalidArgument(
            "public_key: it is 64 hexadecimal digits; copy it from "
            "https://discord.com/developers/applications → General Information"
        )
    try:
        import nacl.signing  # noqa: F401
    except ImportError as error:
        raise MissingExtra("Interactions over HTTP", "http") from error
    return key


def verify_signature(public_key: str, signature: str, timestamp: str, body: bytes) -> bool:
    """Tell whether Discord has signed a request.

    ```python
    verify_signature(
        PUBLIC_KEY,
        request.headers["X-Signature-Ed25519"],
        request.headers["X-Signature-Timestamp"],
        request.get_data(),
    )
    ```

    It says nothing of the age of the request: whoever has seen it can send it again. Compare the
    timestamp (seconds since 1970) with the clock as well.

    Args:
        public_key: The application's, 64 hexadecimal digits.
        signature: The header ``X-Signature-Ed25519``.
        timestamp: The header ``X-Signature-Timestamp``, exactly as it came.
        body: The body, exactly as it came.

    Returns:
        False for a wrong signature and for one that cannot be one.

    Raises:
        InvalidArgument: The public key cannot be one.
        MissingExtra: The extra ``http`` is not installed.
    """
    key = check_public_key(public_key)
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    if not isinstance(signature, str) or not _SIGNATURE.fullmatch(signature):
        return False
    try:
        message = timestamp.encode() + body
    except UnicodeEncodeError:
        return False
    try:
        VerifyKey(bytes.fromhex(key)).verify(message, bytes.fromhex(signature))
    except (CryptoError, ValueError):
        return False
    return True
