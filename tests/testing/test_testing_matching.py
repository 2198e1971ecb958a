"""What fits an expectation, and what is said of what does not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from disruption.testing.matching import Wanted, labels

BUTTONS = [
    {"type": 1, "components": [{"type": 2, "label": "Yes", "custom_id": "y"}]},
    {"type": 9, "components": [], "accessory": {"type": 2, "label": "More", "custom_id": "m"}},
    {"type": 10, "content": "a text"},
]


def message(**fields: Any) -> dict[str, Any]:
    whole = {
        "content": "hello",
        "embeds": [],
        "components": [],
        "attachments": [],
        "flags": 0,
        "author": {"username": "bot"},
    }
    return {**whole, **fields}


FILES = "http://127.0.0.1:1/attachments/5"
EMBED = {"title": "T", "fields": [{"name": "n", "value": "v", "inline": False}], "color": 3}


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        (Wanted(), {}),
        (Wanted("hello"), {}),
        (Wanted(re.compile("^hell")), {}),
        (Wanted(lambda seen: seen["content"]), {}),
        (Wanted(embed="T"), {"embeds": [{"title": "x"}, EMBED]}),
        (Wanted(embed={"fields": [{"name": "n"}]}), {"embeds": [EMBED]}),
        (Wanted(components="Yes"), {"components": BUTTONS}),
        (Wanted(components=["m", "y"]), {"components": BUTTONS}),
        (Wanted(components=True), {"components": BUTTONS}),
        (Wanted(components=False), {}),
        (Wanted(files=["a.txt"]), {"attachments": [{"filename": "a.txt"}]}),
        (
            Wanted(files=["a b.png", "b.txt", "c.png"]),
            {
                "attachments": [{"id": "11", "filename": "b.txt"}],
                "embeds": [
                    {
                        "image": {"url": f"{FILES}/10/a%20b.png", "content_type": "image/png"},
                        "thumbnail": {"url": f"{FILES}/9/of-another-message.png"},
                    }
                ],
                "components": [
                    {
                        "type": 12,
                        "items": [
                            {"media": {"url": f"{FILES}/12/c.png", "content_type": "image/png"}}
                        ],
                    }
                ],
            },
        ),
        (Wanted(author="bot"), {}),
        (Wanted(reply_to="5"), {"message_reference": {"message_id": "5"}}),
        (Wanted(ephemeral=True), {"flags": 64}),
        (Wanted(ephemeral=False), {}),
    ],
)
def test_fits(wanted: Wanted, fields: dict[str, Any]) -> None:
    assert wanted.misses(message(**fields)) == []


@pytest.mark.parametrize(
    ("wanted", "fields", "reason"),
    [
        (Wanted("hell"), {}, "its text is 'hello'"),
        (Wanted(re.compile("^h$")), {}, "its text is 'hello'"),
        (Wanted(lambda seen: False), {}, "anything that <lambda> accepts says no"),
        (Wanted(embed=True), {}, "it has no embed"),
        (Wanted(embed={"color": 4}), {"embeds": [{"color": 3}]}, "its embeds are [{'color': 3}]"),
        (Wanted(embed={"fields": [{}, {}]}), {"embeds": [EMBED]}, f"its embeds are [{EMBED}]"),
        (
            Wanted(components=["Yes", "No"]),
            {"components": BUTTONS},
            "its components are ['Yes', 'More', 'a text']",
        ),
        (Wanted(components="Yes"), {}, "it has no components"),
        (Wanted(components=True), {}, "it has no components"),
        (Wanted(components=False), {"components": BUTTONS[:1]}, "it has ['Yes']"),
        (Wanted(files=[]), {"attachments": [{"filename": "a"}]}, "its files are ['a']"),
        (Wanted(author="ann"), {}, "bot wrote it"),
        (Wanted(reply_to="5"), {}, "it is no reply to that message"),
        (Wanted(ephemeral=True), {}, "everybody sees it"),
        (Wanted(ephemeral=False), {"flags": 64}, "only one person sees it"),
    ],
)
def test_does_not_fit(wanted: Wanted, fields: dict[str, Any], reason: str) -> None:
    assert wanted.misses(message(**fields)) == [reason]


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (Wanted(), "anything"),
        (Wanted("a"), "'a'"),
        (Wanted(embed=True), "an embed"),
        (
            Wanted(re.compile("a"), embed="T", components=["Yes"]),
            "anything like 'a' with an embed 'T' and components ['Yes']",
        ),
        (Wanted("a", components=False, reply_to="1"), "'a' with no components as a reply"),
        (Wanted("a", ephemeral=True), "'a' that only one person sees"),
    ],
)
def test_says_what_it_is(wanted: Wanted, text: str) -> None:
    assert str(wanted) == text


def test_labels_of_components_inside_others() -> None:
    assert labels(BUTTONS) == ["Yes", "More", "a text"]
