"""Components built by hand and held against Discord's rules, the path named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from component_trees import OK, trees
from hypothesis import given, settings
from hypothesis import strategies as st
from type_facts import discord_data

from disruption import components
from disruption.components import (
    ActionRow,
    AnyComponent,
    Button,
    ButtonStyle,
    ChannelSelect,
    Checkbox,
    CheckboxGroup,
    Container,
    File,
    FileUpload,
    Label,
    MediaGallery,
    MediaGalleryItem,
    MentionableSelect,
    RadioGroup,
    RoleSelect,
    Section,
    SelectDefaultValue,
    SelectOption,
    Separator,
    StringSelect,
    TextDisplay,
    TextInput,
    Thumbnail,
    UserSelect,
    validate,
    validate_modal,
)
from disruption.errors import InvalidArgument
from disruption.types import ModalCallbackData, UnknownComponent, decode, to_plain
from disruption.types.rules.components import MOST, MOST_TEXT, check_components

LINK = Button.link("Docs", "https://d.example")


def row(*children: AnyComponent) -> ActionRow:
    return ActionRow.of(*children)


def buttons(count: int, start: int = 0) -> list[Button]:
    return [Button.secondary("x", f"b{start + number}") for number in range(count)]


# Builders --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("built", "plain"),
    [
        (OK, {"type": 2, "style": 1, "label": "Yes", "custom_id": "yes"}),
        (
            Button.danger(None, "x", emoji="🗑️", disabled=True),
            {
                "type": 2, "style": 4, "custom_id": "x", "disabled": True,
                "emoji": {"id": None, "name": "🗑️"},
            },
        ),
        (LINK, {"type": 2, "style": 5, "label": "Docs", "url": "https://d.example"}),
        (Button.premium("9"), {"type": 2, "style": 6, "sku_id": "9"}),
        (
            StringSelect.of(
                "s", "one", SelectOption.of("Two", "2", emoji="<:two:5>"), max_values=2
            ),
            {
                "type": 3, "custom_id": "s", "max_values": 2, "options": [
                    {"label": "one", "value": "one"},
                    {"label": "Two", "value": "2", "emoji": {"id": "5", "name": "two"}},
                ],
            },
        ),
        (
            UserSelect(custom_id="u", default_values=[SelectDefaultValue.user(5)]),
            {"type": 5, "custom_id": "u", "default_values": [{"id": "5", "type": "user"}]},
        ),
        (
            Section.of("a", TextDisplay.of("b"), accessory=Thumbnail.of("t.png")),
            {
                "type": 9,
                "components": [{"type": 10, "content": "a"}, {"type": 10, "content": "b"}],
                "accessory": {"type": 11, "media": {"url": "attachment://t.png"}},
            },
        ),
        (
            MediaGallery.of("https://a.example/b.png", MediaGalleryItem.of("c.png", spoiler=True)),
            {
                "type": 12, "items": [
                    {"media": {"url": "https://a.example/b.png"}},
                    {"media": {"url": "attachment://c.png"}, "spoiler": True},
                ],
            },
        ),
        (File.of("r.pdf"), {"type": 13, "file": {"url": "attachment://r.pdf"}}),
        (
            Container.of("Hi", Separator(), accent_color=5),
            {
                "type": 17, "accent_color": 5,
                "components": [{"type": 10, "content": "Hi"}, {"type": 14}],
            },
        ),
        (
            Label.of("Why?", TextInput.paragraph("why", max_length=9), description="Say"),
            {
                "type": 18, "label": "Why?", "description": "Say",
                "component": {"type": 4, "custom_id": "why", "style": 2, "max_length": 9},
            },
        ),
        (
            RadioGroup.of("r", "a", "b", required=False),
            {
                "type": 21, "custom_id": "r", "required": False,
                "options": [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}],
            },
        ),
    ],
)  # fmt: skip
def test_components_are_built_in_few_words(built: AnyComponent, plain: dict[str, Any]) -> None:
    assert to_plain(built) == plain


def test_a_file_to_upload_names_itself() -> None:
    import disruption

    file = disruption.File(b"x", filename="x.png", spoiler=True)
    assert to_plain(File.of(file))["file"] == {"url": "attachment://SPOILER_x.png"}


# Messages --------------------------------------------------------------------------------

GOOD_V2: list[AnyComponent] = [
    TextDisplay.of("Hello"),
    row(*buttons(5)),
    Container.of(
        Section.of("a", accessory=Button.success("s", "s")),
        MediaGallery.of(*["https://a.example/b.png"] * 10),
        Separator(spacing=2),
        File.of("r.pdf"),
        row(RoleSelect(custom_id="r", min_values=0, max_values=25)),
    ),
]


def test_good_components_are_good() -> None:
    validate(GOOD_V2)
    validate(GOOD_V2, True)
    validate([row(*buttons(5, 5 * number)) for number in range(5)], False)
    validate([row(StringSelect.of("s", *(str(number) for number in range(25))))])
    validate([])
    validate([row(LINK, LINK, Button.premium(5), Button.premium(5))])


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ([row(*buttons(6))], "components.0.components: at most 5"),
        ([row()], "components.0.components: at least 1"),
        ([row(OK, UserSelect(custom_id="u"))], "components.0.components takes up to 5 buttons"),
        (
            [row(UserSelect(custom_id="u"), UserSelect(custom_id="v"))],
            "components.0.components takes up to 5 buttons or a single select",
        ),
        ([OK], "components.0 cannot be a button"),
        ([row(row(OK))], "components.0.components.0 cannot be an action row"),
        ([row(TextDisplay.of("x"))], "components.0.components.0 cannot be a text display"),
        ([Container.of(Container.of("x"))], "components.0.components.0 cannot be a container"),
        ([Container.of(Label.of("x", OK))], "components.0.components.0 cannot be a label"),
        ([Label.of("x", TextInput.short("x"))], "components.0 cannot be a label"),
        ([row(TextInput.short("x"))], "components.0.components.0 cannot be a text input"),
        ([Container.of()], "components.0.components: at least 1"),
        ([Section.of(accessory=OK)], "components.0.components: at least 1"),
        ([Section.of("a", "b", "c", "d", accessory=OK)], "components.0.components: at most 3"),
        (
            [Section.of("a", accessory=UserSelect(custom_id="u"))],  # type: ignore[arg-type]
            "components.0.accessory cannot be a user select",
        ),
        ([MediaGallery.of()], "components.0.items: at least 1"),
        ([MediaGallery.of(*["https://x"] * 11)], "components.0.items: at most 10"),
        ([MediaGallery.of("ftp://x")], "components.0.items.0.media.url must begin with"),
        ([File.of("https://x")], "components.0.file.url must begin with attachment://"),
        ([TextDisplay.of("")], "components.0.content must be at least 1"),
        ([TextDisplay.of("x" * 4001)], "components.0.content must be at most 4000"),
        ([Separator(spacing=3)], "components.0.spacing"),
        ([Container.of("x", accent_color=-1)], "components.0.accent_color"),
        ([row(OK, Button.danger("No", "yes"))], "components.0.components.1.custom_id is 'yes'"),
        ([row(Button.primary("x", ""))], "components.0.components.0.custom_id is missing"),
        ([row(Button.primary("x", "x" * 101))], "components.0.components.0.custom_id"),
        ([row(Button.primary("x" * 81, "x"))], "components.0.components.0.label"),
        ([row(Button.primary(None, "x"))], "components.0.components.0 needs a label or an emoji"),
        ([row(Button.link("x", "javascript:1"))], "components.0.components.0.url must begin"),
        ([row(Button.link("x", "https://" + "x" * 512))], "components.0.components.0.url"),
        (
            [row(Button(style=ButtonStyle.LINK, label="x", url="https://x", custom_id="x"))],
            "components.0.components.0.custom_id cannot be given: a link button",
        ),
        (
            [row(Button(style=ButtonStyle.PREMIUM, sku_id=5, label="x"))],  # type: ignore[arg-type]
            "components.0.components.0.label cannot be given: a premium button",
        ),
        ([row(StringSelect.of("s"))], "components.0.components.0.options: at least 1"),
        (
            [row(StringSelect.of("s", *map(str, range(26))))],
            "components.0.components.0.options: at most 25",
        ),
        ([row(StringSelect.of("s", "a", "a"))], "components.0.components.0.options.1.value is 'a'"),
        ([row(StringSelect.of("s", "x" * 101))], "components.0.components.0.options.0.label"),
        (
            [row(UserSelect(custom_id="u", placeholder="x" * 151))],
            "components.0.components.0.placeholder",
        ),
        (
            [row(UserSelect(custom_id="u", min_values=3, max_values=2))],
            "components.0.components.0.min_values (3) is more than",
        ),
        ([row(UserSelect(custom_id="u", max_values=26))], "components.0.components.0.max_values"),
        (
            [row(UserSelect(custom_id="u", default_values=[SelectDefaultValue.role(5)]))],
            "components.0.components.0.default_values.0.type must be user",
        ),
        (
            [row(MentionableSelect(
                custom_id="u",
                default_values=[SelectDefaultValue.role(5), SelectDefaultValue.user(6)],
            ))],
            "components.0.components.0.default_values: 2 are not between",
        ),
        ([TextDisplay(id=5, content="x"), TextDisplay(id=5, content="y")], "components.1.id is 5"),
        ([TextDisplay(id=1 << 31, content="x")], "components.0.id must be"),
    ],
)  # fmt: skip
def test_the_component_that_breaks_a_rule_is_named(bad: list[AnyComponent], why: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        validate(bad)
    assert str(caught.value).startswith(why)


def test_an_emoji_is_no_text() -> None:
    thumb: Any = "👍"
    button = Button(style=ButtonStyle.PRIMARY, custom_id="x", emoji=thumb)
    with pytest.raises(InvalidArgument, match=r"components\.0\.emoji must be an Emoji, not str"):
        validate([row(button)])
    option = SelectOption(label="x", value="x", emoji=thumb)
    with pytest.raises(InvalidArgument, match=r"options\.0\.emoji must be an Emoji, not str"):
        validate([row(StringSelect(custom_id="x", options=[option]))])


def test_a_message_of_before_has_rows_alone_and_the_error_names_the_flag() -> None:
    with pytest.raises(InvalidArgument, match=r"components\.0 is a text display.*IS_COMPONENTS_V2"):
        validate([TextDisplay.of("x")], False)
    with pytest.raises(InvalidArgument, match="components: at most 5"):
        validate([row(*buttons(1, number)) for number in range(6)], False)
    validate([row(*buttons(1, number)) for number in range(6)], True)


def test_all_components_and_all_text_are_counted() -> None:
    validate([row(*buttons(5, 5 * number)) for number in range(6)] + [TextDisplay.of("x")] * 4)
    with pytest.raises(InvalidArgument, match=f"at most {MOST} components, nested ones too"):
        validate([Section.of("a", accessory=LINK)] * 13 + [TextDisplay.of("x")] * 2)
    half = TextDisplay.of("x" * (MOST_TEXT // 2))
    validate([half, Container.of(half)])
    with pytest.raises(InvalidArgument, match=f"at most {MOST_TEXT} characters"):
        validate([half, half, TextDisplay.of("x")])


def test_components_of_tomorrow_are_let_through() -> None:
    unknown = UnknownComponent(data={"type": 99, "whatever": 1})
    validate([unknown, Container.of(unknown)])


@pytest.mark.parametrize("bad", [5, "x", [5], [{}], [{"type": "2"}], [{"type": []}], {"type": 1}])
def test_what_is_no_component_is_refused(bad: Any) -> None:
    with pytest.raises(InvalidArgument, match="components"):
        check_components(bad, v2=None)


def test_a_received_message_can_be_sent_back() -> None:
    wire = (
        b'[{"type": 13, "id": 3, "file": {"url": "https://cdn.example/r.pdf", '
        b'"proxy_url": "https://p.example"}, "name": "r.pdf", "size": 9},'
        b'{"type": 1, "id": 0, "components": [{"type": 2, "id": 0, "style": 1, "label": "x", '
        b'"custom_id": "x"}]}]'
    )
    validate(decode(list[AnyComponent], wire))


# Modals ----------------------------------------------------------------------------------

GOOD_MODAL: list[AnyComponent] = [
    TextDisplay.of("Tell us"),
    Label.of("Name", TextInput.short("name", min_length=1, max_length=4000)),
    Label.of("Who", UserSelect(custom_id="who", min_values=0, required=False)),
    Label.of("Files", FileUpload(custom_id="files", max_values=10)),
    Label.of("One", RadioGroup.of("one", "a", "b")),
]


def test_a_good_modal_is_good() -> None:
    validate_modal(GOOD_MODAL)
    ModalCallbackData.of("m", "Feedback", *GOOD_MODAL).validate()
    validate_modal([row(TextInput.short("old"))])
    validate_modal([Label.of("Sure?", Checkbox(custom_id="c"))])
    validate_modal([Label.of("Some", CheckboxGroup.of("c", "a"))])
    validate_modal([Label.of("Where", ChannelSelect(custom_id="c"))])


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ([], "components: at least 1"),
        ([TextDisplay.of("x")] * 6, "components: at most 5"),
        ([row(OK)], "components.0.components.0 cannot be a button"),
        ([TextInput.short("x")], "components.0 cannot be a text input"),
        ([Container.of("x")], "components.0 cannot be a container"),
        ([Label.of("x", OK)], "components.0.component cannot be a button"),
        ([Label.of("x" * 46, TextInput.short("x"))], "components.0.label must be at most 45"),
        (
            [Label.of("x", TextInput.short("x"), description="x" * 101)],
            "components.0.description must be at most 100",
        ),
        (
            [Label.of("x", TextInput.short("x", min_length=5, max_length=4))],
            "components.0.component.min_length (5) is more",
        ),
        ([Label.of("x", TextInput.short("x", max_length=4001))], "components.0.component.max_len"),
        (
            [Label.of("x", UserSelect(custom_id="u", disabled=True))],
            "components.0.component.disabled cannot be set in a modal",
        ),
        (
            [Label.of("x", UserSelect(custom_id="u", min_values=0))],
            "components.0.component.min_values can only be 0 with required=False",
        ),
        ([Label.of("x", RadioGroup.of("r", "a"))], "components.0.component.options: at least 2"),
        (
            [Label.of("x", CheckboxGroup.of("r", *map(str, range(11))))],
            "components.0.component.options: at most 10",
        ),
        (
            [Label.of("x", FileUpload(custom_id="f", max_values=11))],
            "components.0.component.max_values must be between 1 and 10",
        ),
        (
            [Label.of("x", TextInput.short("x")), Label.of("y", TextInput.short("x"))],
            "components.1.component.custom_id is 'x', which components.0.component has",
        ),
    ],
)
def test_the_component_of_a_modal_that_breaks_a_rule_is_named(
    bad: list[AnyComponent], why: str
) -> None:
    with pytest.raises(InvalidArgument) as caught:
        validate_modal(bad)
    assert str(caught.value).startswith(why)


@pytest.mark.parametrize(
    ("custom_id", "title", "why"),
    [("", "x", "custom_id"), ("x" * 101, "x", "custom_id"), ("x", "x" * 46, "title")],
)
def test_a_modal_has_an_id_and_a_title(custom_id: str, title: str, why: str) -> None:
    with pytest.raises(InvalidArgument, match=f"^{why} "):
        ModalCallbackData.of(custom_id, title, *GOOD_MODAL).validate()


# Against the documentation, and by property ----------------------------------------------


def test_the_documented_messages_and_modals_are_good() -> None:
    import json

    checked = 0
    for path in sorted((discord_data() / "examples").glob("*.json")):
        example = json.loads(path.read_text())
        payload = example.get("payload")
        payload = payload.get("data", payload) if isinstance(payload, dict) else None
        listed = payload.get("components") if isinstance(payload, dict) else None
        if not listed or ("create-message" not in path.name and "response" not in path.name):
            continue
        if "title" in payload:
            validate_modal(decode(list[AnyComponent], json.dumps(listed).encode()))
        else:
            check_components(listed, v2=bool(payload.get("flags", 0) & 1 << 15) or None)
        checked += 1
    assert checked >= 10


@settings(deadline=None)
@given(st.lists(trees, max_size=5))
def test_whatever_is_nested_is_taken_or_refused_by_name(tree: list[AnyComponent]) -> None:
    for check in (validate, validate_modal):
        assert refusal(check, tree).startswith("components")


def refusal(check: Callable[[list[AnyComponent]], None], tree: list[AnyComponent]) -> str:
    try:
        check(tree)
    except InvalidArgument as error:
        return str(error)
    return "components are good"


@settings(deadline=None)
@given(st.lists(trees, max_size=5))
def test_trees_are_walked_and_changed_without_touching_them(tree: list[AnyComponent]) -> None:
    before = to_plain(tree)
    everything = list(components.walk(tree))
    disabled = components.disable_all(tree)
    assert to_plain(tree) == before
    assert len(list(components.walk(disabled))) == len(everything)
    for each in components.walk(disabled):
        if isinstance(each, UserSelect) or each == Button.primary("Yes", "yes", disabled=True):
            assert each.disabled
        assert each != OK
    assert components.disable_all(tree, but=["yes", "u"]) == tree
