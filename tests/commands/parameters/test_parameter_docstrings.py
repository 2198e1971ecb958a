"""Docstrings in the three styles that people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.commands.parameters import read_docstring

GOOGLE = """Ban a member
    for good.

    More of it, which users do not see.

    Args:
        who: Whom. Anything with
            an id.
        reason (str, optional): For the audit log: at most 512.
        *rest: Everything else.

    Returns:
        nothing: at all

    Raises:
        Forbidden: They rank higher.
    """

NUMPY = """Ban a member for good.

    Parameters
    ----------
    who : Member
        Whom. Anything with
        an id.
    reason, note : str, optional
        For the audit log: at most 512.
    *rest
        Everything else.

    Returns
    -------
    nothing : None
        At all.
    """

REST = """Ban a member for good.

    :param who: Whom. Anything with
        an id.
    :param str reason: For the audit log: at most 512.
    :param \\*rest: Everything else.
    :type who: Member
    :returns: nothing: at all
    :raises Forbidden: They rank higher.
    """

ARGUMENTS = {
    "who": "Whom. Anything with an id.",
    "reason": "For the audit log: at most 512.",
    "rest": "Everything else.",
}


def function_with(text: str | None) -> object:
    def function() -> None: ...

    function.__doc__ = text
    return function


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        (GOOGLE, ARGUMENTS),
        (NUMPY, {**ARGUMENTS, "note": "For the audit log: at most 512."}),
        (REST, ARGUMENTS),
    ],
    ids=["google", "numpy", "rest"],
)
def test_each_style_is_read(text: str, arguments: dict[str, str]) -> None:
    assert read_docstring(function_with(text)) == ("Ban a member for good.", arguments)


@pytest.mark.parametrize(
    ("text", "summary", "arguments"),
    [
        (None, "", {}),
        ("   \n  ", "", {}),
        ("One line.", "One line.", {}),
        ("\n    Args:\n        x: Only that.", "", {"x": "Only that."}),
        ("Roll.\n:param x: Right below.", "Roll.", {"x": "Right below."}),
        ("Roll.\n\nArgs:\n    x:\n        On its own line.", "Roll.", {"x": "On its own line."}),
        ("Roll.\n\nArgs:\n    x: One.\n\n    y: Two.", "Roll.", {"x": "One.", "y": "Two."}),
        ("Roll.\n\nArgs:\n    x: One.\nAnd on.", "Roll.", {"x": "One."}),
        ("Roll: the dice.\n\nNote: this.", "Roll: the dice.", {}),
        ("Roll.\nReturns:\n    x: no argument", "Roll.", {}),
        ("Roll.\n\nParameters:\n    x (int): One.", "Roll.", {"x": "One."}),
        ("Roll.\n\n:arg x: One.\n:keyword y: Two.", "Roll.", {"x": "One.", "y": "Two."}),
    ],
)
def test_docstrings_of_other_forms(
    text: str | None, summary: str, arguments: dict[str, str]
) -> None:
    assert read_docstring(function_with(text)) == (summary, arguments)


def test_a_class_has_one_too() -> None:
    class Music:
        """Play music."""

    assert read_docstring(Music) == ("Play music.", {})


_LINES = st.sampled_from(
    [
        "",
        "Args:",
        "    x: y",
        "        z",
        "Parameters",
        "----------",
        "x : int",
        ":param x: y",
        "text",
    ]
)


@given(st.lists(_LINES | st.text(max_size=20), max_size=12))
def test_no_docstring_breaks_it(lines: list[str]) -> None:
    summary, arguments = read_docstring(function_with("\n".join(lines)))
    assert "\n" not in summary
    assert all(arguments.values())
