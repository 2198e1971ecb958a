"""Names and descriptions made from Python's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.commands.parameters import fit_description
from disruption.commands.parameters.names import option_name, words


@pytest.mark.parametrize(
    ("attribute", "name"),
    [("sides", "sides"), ("from_", "from"), ("maxAge", "maxage"), ("_x", "_x"), ("_", "_")],
)
def test_an_options_name_is_the_arguments(attribute: str, name: str) -> None:
    assert option_name(attribute) == name


@pytest.mark.parametrize(
    ("attribute", "text"),
    [("sides", "Sides"), ("max_players", "Max players"), ("from_", "From"), ("_", "_")],
)
def test_words_of_a_name(attribute: str, text: str) -> None:
    assert words(attribute) == text


@pytest.mark.parametrize(
    ("text", "fitted"),
    [
        ("How many.", "How many."),
        ("How\n    many ``sides``.", "How many `sides`."),
        ("A sentence that is long enough. " + "More " * 30, "A sentence that is long enough."),
        ("word " * 30, ("word " * 19).strip() + "…"),
        ("x" * 150, "x" * 99 + "…"),
        ("x" * 100, "x" * 100),
    ],
)
def test_a_long_docstring_is_cut_at_a_sentence_or_a_word(text: str, fitted: str) -> None:
    assert fit_description(text) == fitted


@given(st.text())
def test_a_description_always_fits(text: str) -> None:
    fitted = fit_description(text)
    assert len(fitted) <= 100
    assert bool(fitted) == bool(text.split())
