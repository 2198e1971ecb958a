"""Trees of components, allowed or not, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from disruption.components import (
    ActionRow,
    AnyComponent,
    Button,
    Checkbox,
    Container,
    File,
    Label,
    MediaGallery,
    Section,
    Separator,
    TextDisplay,
    TextInput,
    Thumbnail,
    UserSelect,
)

OK = Button.primary("Yes", "yes")
LEAVES: list[AnyComponent] = [
    TextDisplay.of("x"), Separator(), OK, Button.link("Docs", "https://d.example"), File.of("x"), MediaGallery.of("https://x"),
    UserSelect(custom_id="u"), TextInput.short("t"), Checkbox(custom_id="c"),
    Thumbnail.of("https://x"),
]  # fmt: skip
leaves = st.integers(0, len(LEAVES) - 1).map(LEAVES.__getitem__)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda each: ActionRow.of(*each)),
        st.lists(inner, max_size=4).map(lambda each: Container.of(*each)),
        st.tuples(st.lists(inner, max_size=3), inner).map(
            lambda each: Section(components=each[0], accessory=each[1])
        ),
        inner.map(lambda each: Label.of("l", each)),
    ),
    max_leaves=12,
)
