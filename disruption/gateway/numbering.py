"""What to make of an event whose number is not the one after the last.

Discord counts a session's events up by one. Where a server does not, the bot must
neither see an event twice nor stop seeing any.
"""

from __future__ import annotations

import logging

from .actions import Note

__all__ = ["Numbering"]

LARGEST_GAP = 1_000_000  # numbers that may be missing; more than this is no gap but nonsense
REPEATS_IN_A_ROW = 100  # dropped without a new one in between, after which numbers mean nothing


class Numbering:
    """Judges the numbers of one connection's events; used by the reader thread alone."""

    def __init__(self) -> None:
        self._believed = True
        self._first_is_odd = False  # READY had a number that is believed if others go on from it
        self._repeats = 0  # events dropped in a row
        self._last = 0  # the number after which they came

    def judge(
        self, sequence: int | None, last: int, *, first: bool, live: bool, unheard: int = 0
    ) -> tuple[int | None, Note | None]:
        """Judge an event that is not the next.

        Args:
            sequence: Its number, None where it has none.
            last: The last number.
            first: Whether it begins a session: READY may have any number.
            live: Whether nothing is being replayed, so that no event should come again.
            unheard: How many RESUMED events may have gone down with their connections. Each has
                taken a number that never comes again.

        Returns:
            The number that counts as the last once the event is delivered, None where it must
            not be delivered, and what to note.
        """
        if sequence is None:
            return last, Note("gateway.unnumbered", "an event without a number came")
        missing = sequence - last - 1
        if first:
            self._first_is_odd = missing > LARGEST_GAP
            return max(sequence, 0), None
        if self._first_is_odd and sequence <= last:
            self._first_is_odd = False
            text = f"an event came with the number {sequence} after a READY with {last}"
            return max(sequence, 0), Note("gateway.numbers_not_believed", text)
        if missing > LARGEST_GAP:
            text = f"an event came with the number {sequence} after {last}; it is not believed"
            return last, Note("gateway.numbers_not_believed", text)
        if not self._believed:
            return max(sequence, 0), None
        if 0 < missing <= unheard:
            text = (
                f"{missing} number(s) are missing between {last} and {sequence}, no more than "
                "RESUMED events went down with their connections"
            )
            return sequence, Note("gateway.resumed_gaps", text, logging.INFO)
        if missing >= 0:
            text = f"{missing} event(s) are missing between {last} and {sequence}"
            return sequence, Note("gateway.gaps", text)
        if live and self._too_often(last):
            self._believed = False
            text = (
                f"{REPEATS_IN_A_ROW} events in a row had numbers that had been there ({sequence} "
                f"after {last}): from now on all are delivered, whatever their number"
            )
            return max(sequence, 0), Note("gateway.numbers_not_believed", text)
        text = f"event {sequence} came again after {last} and was dropped"
        return None, Note("gateway.duplicates", text)

    def _too_often(self, last: int) -> bool:
        if last != self._last:
            self._last = last
            self._repeats = 0
        self._repeats += 1
        return self._repeats > REPEATS_IN_A_ROW
