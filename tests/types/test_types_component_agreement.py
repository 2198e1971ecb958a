"""What the library refuses before sending is what the local Discord refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from component_trees import trees
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.components import AnyComponent
from disruption.errors import InvalidArgument
from disruption.local.rest.errors import WorldError
from disruption.local.rest.validate.components import clean_components, clean_modal_components
from disruption.local.rest.validate.form import Body, Form
from disruption.types import to_plain
from disruption.types.rules.components import check_components, check_modal


def is_refused(check: Callable[[], object]) -> bool:
    try:
        check()
    except (InvalidArgument, WorldError):
        return True
    return False


def by_the_local_discord(payload: dict[str, Any], clean: Callable[[Body], None]) -> bool:
    form = Form()
    clean(Body(payload, form))
    return is_refused(form.check)


@settings(deadline=None)
@given(st.lists(trees, max_size=6), st.booleans())
def test_both_refuse_the_same_messages(tree: list[AnyComponent], v2: bool) -> None:
    plain = to_plain(tree)
    ours = is_refused(lambda: check_components(plain, v2=v2))
    theirs = by_the_local_discord({"components": plain}, lambda body: clean_components(body, v2=v2))
    assert ours == theirs


@settings(deadline=None)
@given(st.lists(trees, max_size=6))
def test_both_refuse_the_same_modals(tree: list[AnyComponent]) -> None:
    modal = {"custom_id": "m", "title": "t", "components": to_plain(tree)}
    ours = is_refused(lambda: check_modal(modal))
    assert ours == by_the_local_discord(modal, clean_modal_components)
