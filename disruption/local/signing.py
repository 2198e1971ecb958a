"""The keys with which a Discord signs what it posts to applications."""

from __future__ import annotations

import hashlib

__all__ = ["public_key", "sign"]


def public_key(seed: str) -> str:
    """Return the public key of a secret one, both in hexadecimal digits.

    Without the extra ``http`` it is a key that signs nothing.
    """
    try:
        from nacl.signing import SigningKey
    except ImportError:
        return hashlib.sha256(bytes.fromhex(seed)).hexdigest()
    return SigningKey(bytes.fromhex(seed)).verify_key.encode().hex()


def sign(seed: str, message: bytes) -> str:
    """Return the signature of a message in hexadecimal digits.

    Raises:
        ModuleNotFoundError: The extra ``http`` is not installed.
    """
    from nacl.signing import SigningKey

    return SigningKey(bytes.fromhex(seed)).sign(message).signature.hex()
