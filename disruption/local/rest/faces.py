"""Draw the standard stickers: round faces that wave, cheer, or hide behind a hand.

They are made here, so that no picture has to lie in the package.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import hypot

from .png import indexed_png

__all__ = ["MOODS", "face_png"]

#: Width and height in pixels.
SIZE = 192

_CLEAR, _SKIN, _DARK, _HAND = range(4)
_COLOURS = ((0, 0, 0), (255, 205, 70), (70, 45, 20), (240, 170, 50))

Mood = Callable[[float, float], int]


def _disc(x: float, y: float, at: tuple[float, float], radius: float) -> bool:
    return hypot(x - at[0], y - at[1]) < radius


def _eyes(x: float, y: float) -> bool:
    return any(_disc(x, (y - 0.45) * 0.75, (middle, 0), 0.045) for middle in (0.37, 0.63))


def _hand(x: float, y: float, at: tuple[float, float]) -> bool:
    """Tell whether a point is in an open hand: a palm, and four fingers above it."""
    fingers = any(
        _disc(x, (y - at[1] + 0.1) * 0.42, (at[0] + shift, 0), 0.03)
        for shift in (-0.075, -0.025, 0.025, 0.075)
    )
    return fingers or _disc(x, y, at, 0.1)


def _wave(x: float, y: float) -> int:
    if _hand(x, y, (0.87, 0.36)):
        return _HAND
    if not _disc(x, y, (0.5, 0.54), 0.38):
        return _CLEAR
    smile = y > 0.6 and abs(hypot(x - 0.5, y - 0.5) - 0.22) < 0.026
    return _DARK if smile or _eyes(x, y) else _SKIN


def _cheer(x: float, y: float) -> int:
    if _hand(x, y, (0.13, 0.27)) or _hand(x, y, (0.87, 0.27)):
        return _HAND
    if not _disc(x, y, (0.5, 0.58), 0.36):
        return _CLEAR
    laugh = y > 0.62 and _disc(x, y, (0.5, 0.62), 0.19)
    glad = y < 0.5 and any(
        abs(hypot(x - middle, y - 0.52) - 0.075) < 0.022 for middle in (0.37, 0.63)
    )
    return _DARK if laugh or glad else _SKIN


def _facepalm(x: float, y: float) -> int:
    fingers = any(_disc(x, (y - 0.54) * 0.26, (at, 0), 0.046) for at in (0.35, 0.45, 0.55, 0.65))
    if fingers or _disc(x, y, (0.5, 0.76), 0.2) or (abs(x - 0.5) < 0.12 and 0.85 < y < 0.99):
        return _HAND
    if not _disc(x, y, (0.5, 0.46), 0.4):
        return _CLEAR
    brows = abs(y - 0.27 - abs(x - 0.5) * 0.25) < 0.02 and 0.09 < abs(x - 0.5) < 0.24
    return _DARK if brows else _SKIN


#: How each is drawn: the colour's number at a point, both of 0 to 1.
MOODS: dict[str, Mood] = {"Wave": _wave, "Cheer": _cheer, "Facepalm": _facepalm}


@lru_cache(maxsize=len(MOODS))
def face_png(mood: str) -> bytes:
    """Return the PNG of a face; `mood` is a name of `MOODS`."""
    draw = MOODS[mood]
    steps = [(number + 0.5) / SIZE for number in range(SIZE)]
    rows = [bytes(draw(x, y) for x in steps) for y in steps]
    return indexed_png(rows, _COLOURS, clear=_CLEAR)
