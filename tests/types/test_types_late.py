"""Helpers that load when they are asked for, and names that clash with no field."""

from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys

import pytest
from type_payloads import model_classes

import disruption
from disruption.types.core.base import Model

LATE = (
    *("cdn", "code_spans", "colour", "emoji_text", "graphemes", "links", "locale_names"),
    *("markdown", "markup", "snowflakes", "text", "unicode_emoji"),
)


def test_importing_the_types_loads_no_helper() -> None:
    script = "import disruption.types, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not set(done.stdout.split()) & {f"disruption.types.{name}" for name in LATE}


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("Asset", "cdn"),
        ("Color", "colour"),
        ("Colour", "colour"),
        ("SnowflakeParts", "snowflakes"),
        ("TimestampStyle", "markup"),
        ("clean_content", "text"),
        ("escape_markdown", "markdown"),
        ("escape_mentions", "markdown"),
        ("find_links", "links"),
        ("parse_link", "links"),
        ("parse_mentions", "markup"),
        ("shard_of", "snowflakes"),
        ("snowflake_parts", "snowflakes"),
        ("split_text", "text"),
        ("strip_markdown", "markdown"),
        ("truncate", "text"),
    ],
)
def test_the_package_offers_what_people_name_most(name: str, home: str) -> None:
    assert getattr(disruption, name).__module__ == f"disruption.types.{home}"
    assert name in dir(disruption)


@pytest.mark.parametrize("name", ["cdn", "links", "markdown", "markup"])
def test_the_package_offers_modules(name: str) -> None:
    assert getattr(disruption, name).__name__ == f"disruption.types.{name}"


@pytest.mark.parametrize("cls", model_classes(), ids=lambda cls: cls.__name__)
def test_no_property_hides_a_field(cls: type[Model]) -> None:
    for field in dataclasses.fields(cls):
        found = inspect.getattr_static(cls, field.name, None)
        assert not isinstance(found, property), field.name
