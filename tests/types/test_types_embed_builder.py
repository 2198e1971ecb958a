"""Embeds built by hand, counted, and held against Discord's limits."""

from __future__ import annotations

import copy
import pickle
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.types import Embed, EmbedField, to_plain
from disruption.types.colour import Colour
from disruption.types.rules.embeds import check_embeds


def test_an_embed_is_built_in_a_chain() -> None:
    embed = (
        Embed(title="Scores")
        .set_color("#57F287")
        .set_author("Ann", url="https://a.example", icon_url="attachment://ann.png")
        .set_footer("the end", icon_url="https://f.example/i.png")
        .set_image("https://i.example/i.png")
        .set_thumbnail("attachment://t.png")
        .add_field("ann", "12")
        .add_field("bob", "9", inline=True)
        .insert_field_at(0, "first", "0")
    )
    assert embed.to_dict() == {
        "title": "Scores",
        "color": 0x57F287,
        "author": {
            "name": "Ann",
            "url": "https://a.example",
            "icon_url": "attachment://ann.png",
        },
        "footer": {"text": "the end", "icon_url": "https://f.example/i.png"},
        "image": {"url": "https://i.example/i.png"},
        "thumbnail": {"url": "attachment://t.png"},
        "fields": [
            {"name": "first", "value": "0", "inline": False},
            {"name": "ann", "value": "12", "inline": False},
            {"name": "bob", "value": "9", "inline": True},
        ],
    }
    embed.validate()


def test_parts_are_taken_away() -> None:
    embed = Embed(title="x").set_author("a").set_footer("f").set_image("https://x")
    embed.set_thumbnail("https://x").set_color(Colour.RED).add_field("n", "v")
    embed.set_author(None).set_footer(None).set_image(None).set_thumbnail(None).set_color(None)
    assert embed.clear_fields().to_dict() == {"title": "x"}


def test_fields_are_changed_by_their_place() -> None:
    embed = Embed().add_field("a", "1").add_field("b", "2").add_field("c", "3")
    embed.remove_field(-1).set_field_at(0, "z", "9", inline=True)
    assert embed.fields == [
        EmbedField(name="z", value="9", inline=True),
        EmbedField(name="b", value="2", inline=False),
    ]
    for index in (2, -3):
        with pytest.raises(InvalidArgument, match=f"no field {index}: it has 2"):
            embed.remove_field(index)
        with pytest.raises(InvalidArgument, match="no field"):
            embed.set_field_at(index, "x", "y")
    with pytest.raises(InvalidArgument, match="it has 0"):
        Embed().remove_field(0)


def test_a_moment_always_has_a_zone() -> None:
    before = datetime.now(timezone.utc)
    now = Embed().set_timestamp().timestamp
    assert now is not None
    assert before <= now <= datetime.now(timezone.utc)
    naive = Embed().set_timestamp(datetime(2026, 8, 1)).timestamp
    assert naive == datetime(2026, 8, 1).astimezone()
    zoned = datetime(2026, 8, 1, tzinfo=timezone(timedelta(hours=5)))
    assert Embed().set_timestamp(zoned).timestamp == zoned


def test_a_copy_shares_nothing() -> None:
    embed = Embed(title="x").add_field("a", "1").set_footer("f")
    twin = embed.copy()
    twin.add_field("b", "2")
    assert embed.fields == [EmbedField(name="a", value="1", inline=False)]
    for other in (copy.deepcopy(embed), pickle.loads(pickle.dumps(embed)), embed.copy()):
        assert other == embed


def test_the_length_is_what_discord_counts() -> None:
    embed = Embed(title=" ab ", description="cde", url="https://not.counted")
    embed.set_author("f").set_footer("gh").add_field("i\n", "\tjk").set_image("https://x")
    assert len(embed) == 11
    assert len(Embed()) == 0
    assert bool(Embed())


@pytest.mark.parametrize(
    ("embed", "path"),
    [
        (Embed(title="x" * 257), "embeds.0.title"),
        (Embed(description="x" * 4097), "embeds.0.description"),
        (Embed().set_footer("x" * 2049), "embeds.0.footer.text"),
        (Embed().set_author("x" * 257), "embeds.0.author.name"),
        (Embed(fields=[EmbedField(name="n", value="v")] * 26), "embeds.0.fields: at most 25"),
        (Embed().add_field("n", "v").add_field("x" * 257, "v"), "embeds.0.fields.1.name"),
        (Embed().add_field("n", "x" * 1025), "embeds.0.fields.0.value"),
        (Embed().add_field("n", " "), "embeds.0.fields.0.value must be at least 1"),
        (Embed().add_field("", "v"), "embeds.0.fields.0.name"),
        (Embed(title=5), "embeds.0.title must be a str"),  # type: ignore[arg-type]
        (Embed(color=0x1000000), "embeds.0.color"),
        (Embed(url="ftp://x"), "embeds.0.url must begin with http:// or https://"),
        (Embed().set_image("x.png"), "embeds.0.image.url"),
        (Embed().set_author("x", icon_url="file:///etc"), "embeds.0.author.icon_url"),
    ],
)
def test_the_field_that_breaks_a_limit_is_named(embed: Embed, path: str) -> None:
    with pytest.raises(InvalidArgument, match=path.replace(".", r"\.")):
        embed.validate()


def test_what_is_just_allowed_is_allowed() -> None:
    embed = Embed(title=" " + "x" * 256 + " ", color=0xFFFFFF)
    embed.set_footer("f" * 2048).set_author("a" * 256).set_image("HTTPS://x")
    for number in range(25):
        embed.add_field("n", str(number))
    embed.validate()
    Embed().add_field("\u200b", "\u200b").validate()


def test_the_embeds_of_a_message_are_counted_together() -> None:
    half = Embed(description="x" * 3000)
    check_embeds(to_plain([half, half]))
    with pytest.raises(InvalidArgument, match=r"at most 6000 characters.*not 6001"):
        check_embeds(to_plain([half, half, Embed(title="x")]))
    with pytest.raises(InvalidArgument, match="6000"):
        Embed(description="x" * 4096).set_footer("x" * 1905).validate()
    with pytest.raises(InvalidArgument, match="at most 10"):
        check_embeds(to_plain([Embed(title="x")] * 11))


@pytest.mark.parametrize(
    "embeds", [[5], ["x"], {"title": "x"}, [{"fields": [5]}], [{"fields": "x"}]]
)
def test_what_is_no_embed_is_refused(embeds: Any) -> None:
    with pytest.raises(InvalidArgument, match="embeds"):
        check_embeds(embeds)


texts = st.text(max_size=300)


@settings(deadline=None)
@given(
    st.lists(st.tuples(texts, texts), max_size=27), texts, texts,
    st.one_of(st.none(), texts),
)  # fmt: skip
def test_it_is_refused_exactly_where_a_limit_is_passed(
    fields: list[tuple[str, str]], title: str, description: str, footer: str | None
) -> None:
    embed = Embed(title=title, description=description).set_footer(footer)
    for name, value in fields:
        embed.add_field(name, value)
    stripped = [(name.strip(), value.strip()) for name, value in fields]
    total = sum(len(a) + len(b) for a, b in stripped) + len((footer or "").strip())
    total += len(title.strip()) + len(description.strip())
    assert len(embed) == total
    good = (
        len(title.strip()) <= 256
        and len(fields) <= 25
        and all(1 <= len(a) <= 256 and 1 <= len(b) <= 1024 for a, b in stripped)
        and total <= 6000
    )
    if good:
        embed.validate()
    else:
        with pytest.raises(InvalidArgument, match=r"^embeds\.0"):
            embed.validate()
    assert Embed.from_dict(embed.to_dict()) == embed
