"""Names and descriptions that Discord takes, from those that Python has."""

from __future__ import annotations

from typing import Final

__all__ = ["fit_description", "option_name", "words"]

_MOST: Final = 100


def option_name(attribute: str) -> str:
    """Return what an argument is called on Discord: ``from_`` is ``from``, ``Max`` is ``max``."""
    return (attribute.rstrip("_") or attribute).lower()


def words(attribute: str) -> str:
    """Return a name in words, ``max_players`` as ``Max players``.

    It is the description where nothing else says what a parameter is: Discord demands one.
    """
    text = " ".join(attribute.replace("_", " ").split()) or attribute
    return text[:1].upper() + text[1:]


def fit_description(text: str) -> str:
    """Return a docstring's text as a description of at most 100 characters.

    A longer one ends with its last sentence that fits, else with the last word and "…".
    """
    flat = " ".join(text.replace("``", "`").split())
    if len(flat) <= _MOST:
        return flat
    for at in range(_MOST, 0, -1):
        if flat[at] == " " and flat[at - 1] in ".!?" and at > 20:
            return flat[:at]
    cut = flat[: _MOST - 1]
    head, _, _ = cut.rpartition(" ")
    return (head or cut).rstrip(",;:.- ") + "…"
