"""What a rule of auto-moderation finds in a text: pure functions.

See https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .mentions import find_mentions

__all__ = ["KEYWORD", "MEMBER_PROFILE", "MENTION_SPAM", "PRESET", "SPAM", "Match", "find"]

KEYWORD, SPAM, PRESET, MENTION_SPAM, MEMBER_PROFILE = 1, 3, 4, 5, 6

#: Discord's own lists are not public: a mild word stands for each of them.
_PRESETS: dict[int, tuple[str, ...]] = {
    1: ("damn", "crap", "bollocks"),
    2: ("porn", "porn*"),
    3: ("slur",),
}

#: Nor is how it knows spam. These stand for it: the text that filters of e-mail are tested with,
#: gifts that are none, and one word ten times.
_SPAM: tuple[re.Pattern[str], ...] = (
    re.compile(r"XJS\*C4JDBQADN1\.NSBN3\*2IDNEN\*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL\*C\.34X"),
    re.compile(r"\bfree\s+nitro\b.*?https?://\S+", re.IGNORECASE | re.DOTALL),
    re.compile(r"\b(\w+)(?:\W+\1\b){9,}", re.IGNORECASE),
)


@dataclass(frozen=True)
class Match:
    """What was found: the keyword or pattern as it stands in the rule, and the text it matched."""

    keyword: str | None
    content: str | None


def find(trigger_type: int, metadata: dict[str, Any], text: str) -> Match | None:
    """Return what a rule finds in a text, None for nothing.

    Args:
        trigger_type: The rule's.
        metadata: The rule's trigger metadata.
        text: A message, or a name.
    """
    if trigger_type in (KEYWORD, MEMBER_PROFILE):
        words = metadata.get("keyword_filter") or ()
        patterns = metadata.get("regex_patterns") or ()
        return _find_words(text, words, patterns, metadata.get("allow_list") or ())
    if trigger_type == PRESET:
        words = [word for key in metadata.get("presets") or () for word in _PRESETS.get(key, ())]
        return _find_words(text, words, (), metadata.get("allow_list") or ())
    if trigger_type == SPAM:
        spam = next((found for item in _SPAM if (found := item.search(text))), None)
        return None if spam is None else Match(None, spam[0])
    if trigger_type == MENTION_SPAM:
        mentions = find_mentions(text, None)
        if len(mentions.users) + len(mentions.roles) > metadata.get("mention_total_limit", 0):
            return Match(None, text)
    return None


def _find_words(
    text: str, words: Iterable[str], patterns: Iterable[str], allowed: Iterable[str]
) -> Match | None:
    spared = [found.span() for word in allowed for found in _pattern(word).finditer(text)]
    sought = [(word, _pattern(word)) for word in words]
    sought += [(pattern, re.compile(pattern, re.IGNORECASE)) for pattern in patterns]
    for name, pattern in sought:
        for found in pattern.finditer(text):
            low, high = found.span()
            if not any(start <= low and high <= end for start, end in spared):
                return Match(name, found[0])
    return None


def _pattern(keyword: str) -> re.Pattern[str]:
    """Make a pattern of a keyword: a whole word, unless it begins or ends with `*`."""
    core = re.escape(keyword.strip("*"))
    before = "" if keyword.startswith("*") else r"(?<!\w)"
    after = "" if keyword.endswith("*") else r"(?!\w)"
    # A prefix takes the word it begins, so that what matched is readable.
    before = r"\w*" if keyword.startswith("*") else before
    after = r"\w*" if keyword.endswith("*") else after
    return re.compile(before + core + after, re.IGNORECASE)
