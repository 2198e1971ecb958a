"""Translations of commands and answers, from mappings and from files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polib
import pytest

from disruption.commands.parameters import Translations, localize, translation_keys
from disruption.commands.parameters.translations import discord_locales
from disruption.errors import InvalidArgument, MissingExtra
from disruption.types import Locale

ROLL: dict[str, Any] = {
    "type": 1,
    "name": "roll",
    "description": "Roll dice",
    "options": [
        {
            "type": 4,
            "name": "sides",
            "description": "How many",
            "choices": [{"name": "Few", "value": 6}, {"name": "Many", "value": 20}],
        }
    ],
}
GERMAN = {
    "roll.name": "würfeln",
    "roll.description": "Würfle",
    "roll.sides.name": "seiten",
    "roll.sides.description": "Wie viele",
    "roll.sides.choices.Few": "Wenige",
    "roll.sides.choices.20": "Viele",
    "roll.result": "Eine {number}!",
}


@pytest.mark.parametrize(
    ("name", "locales"),
    [
        ("de", ("de",)),
        ("DE", ("de",)),
        ("de_AT.UTF-8", ("de",)),
        ("pt_BR", ("pt-BR",)),
        ("pt-br", ("pt-BR",)),
        ("pt", ("pt-BR",)),
        ("en", ("en-US", "en-GB")),
        ("es", ("es-ES", "es-419")),
        ("sv", ("sv-SE",)),
        ("nb_NO", ("no",)),
        ("zh_Hant_TW", ("zh-TW",)),
        ("zh", ("zh-CN",)),
        ("ca@valencia", None),
        ("xx", None),
        ("", None),
    ],
)
def test_names_of_languages(name: str, locales: tuple[str, ...] | None) -> None:
    if locales is None:
        with pytest.raises(InvalidArgument, match=f"no language {name!r}; it has id, da, de"):
            discord_locales(name)
    else:
        assert discord_locales(name) == locales


def test_answers_whose_key_is_a_name_do_no_harm() -> None:
    texts = {
        "roll": "Du würfelst {n}!",
        "sides": "Seiten",
        "Few": "Ein paar",
        "Roll dice": "Würfle",
    }
    made = localize(ROLL, Translations({"de": texts, "fr": {"roll": "lancer"}}))
    assert made["name_localizations"] == {"fr": "lancer"}
    assert made["description_localizations"] == {"de": "Würfle"}
    assert "name_localizations" not in made["options"][0]
    assert made["options"][0]["choices"][0]["name_localizations"] == {"de": "Ein paar"}
    menu = localize({"type": 2, "name": "greet"}, Translations({"de": {"greet": "Grüße sie"}}))
    assert menu["name_localizations"] == {"de": "Grüße sie"}
    with pytest.raises(InvalidArgument, match="name_localizations"):
        localize(ROLL, Translations({"de": {"roll.name": "Du würfelst"}}))


def test_every_text_of_a_command_is_translated() -> None:
    made = localize(ROLL, Translations({"de": GERMAN}))
    assert made["name_localizations"] == {"de": "würfeln"}
    assert made["description_localizations"] == {"de": "Würfle"}
    (sides,) = made["options"]
    assert sides["name_localizations"] == {"de": "seiten"}
    assert sides["description_localizations"] == {"de": "Wie viele"}
    assert [choice["name_localizations"] for choice in sides["choices"]] == [
        {"de": "Wenige"},
        {"de": "Viele"},
    ]
    assert "name_localizations" not in ROLL["options"][0]


def test_subcommands_have_their_path_in_the_key() -> None:
    add = {"type": 1, "name": "add", "description": "Add"}
    queue = {"type": 2, "name": "queue", "description": "Queue", "options": [add]}
    music = {"type": 1, "name": "music", "description": "Music", "options": [queue]}
    made = localize(music, Translations({"fr": {"music": {"queue": {"add": {"name": "ajouter"}}}}}))
    assert made["options"][0]["options"][0]["name_localizations"] == {"fr": "ajouter"}
    assert list(translation_keys(music)) == [
        *("music.name", "music.description", "music.queue.name", "music.queue.description"),
        *("music.queue.add.name", "music.queue.add.description"),
    ]


def test_what_a_command_has_stays_and_keys_win_over_texts() -> None:
    command = {**ROLL, "options": [], "name_localizations": {"de": "rollen"}}
    texts = Translations(
        {
            "de": {"roll.name": "würfeln", "Roll dice": "Wirf", "roll.description": "Würfle"},
            "fr": {"Roll dice": "Lance les dés"},
        }
    )
    made = localize(command, texts)
    assert made["name_localizations"] == {"de": "rollen"}
    assert made["description_localizations"] == {"de": "Würfle", "fr": "Lance les dés"}


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ({"roll.name": "Würfeln"}, "name_localizations.de must be lower-case, 'würfeln'"),
        ({"roll.description": "x" * 101}, "description_localizations.de must be at most 100"),
        ({"roll.sides.name": "wie viele"}, r"options\[0\].name_localizations.de .*without spaces"),
        ({"roll.sides.choices.Few": "x" * 101}, r"choices\[0\].name_localizations.de"),
    ],
)
def test_a_translation_that_discord_refuses(texts: dict[str, str], says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        localize(ROLL, Translations({"de": texts}))


def test_keys_to_translate() -> None:
    assert translation_keys(ROLL) == {
        "roll.name": "roll",
        "roll.description": "Roll dice",
        "roll.sides.name": "sides",
        "roll.sides.description": "How many",
        "roll.sides.choices.Few": "Few",
        "roll.sides.choices.Many": "Many",
    }


def test_answers_fall_back_to_the_language_and_the_default() -> None:
    texts = Translations(
        {"en": {"a": "one"}, "en-GB": {"b": "colour"}, "es-ES": {"a": "uno"}, "de": {"a": ""}}
    )
    assert texts.text("a", Locale.ES_419) == "uno"
    assert texts.text("a", Locale.DE) == "one"
    assert texts.text("a", Locale.EN_GB) == "one"
    assert texts.text("b", "en-GB") == "colour"
    assert texts.text("a", None) == "one"
    assert texts.text("c", Locale.DE) == "c"
    assert texts.text("c", Locale.DE, "none") == "none"
    assert texts.get("c", "fr") is None
    assert set(texts.locales) == {"en-US", "en-GB", "es-ES", "de"}


def test_values_are_put_into_answers(caplog: pytest.LogCaptureFixture) -> None:
    texts = Translations({"de": {**GERMAN, "bad": "Eine {zahl}!"}})
    assert texts.text("roll.result", "de", number=4) == "Eine 4!"
    assert texts.text("braces {", "de") == "braces {"
    assert texts.text("bad", "de", number=4) == "Eine {zahl}!"
    assert "the text 'bad' for de does not fit its values" in caplog.text


def test_one_json_file_of_all_locales(tmp_path: Path) -> None:
    file = tmp_path / "texts.json"
    file.write_text(json.dumps({"de": GERMAN, "pt_BR": {"roll": {"name": "rolar"}}}), "utf-8")
    texts = Translations.load(file)
    assert texts.of("roll.name") == {"de": "würfeln", "pt-BR": "rolar"}


def _entries(texts: dict[str, str]) -> polib.POFile:
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    po.extend(polib.POEntry(msgid=key, msgstr=text) for key, text in texts.items())
    return po


def test_a_folder_of_files_of_all_kinds(tmp_path: Path) -> None:
    (tmp_path / "fr.json").write_text(json.dumps({"roll.name": "lancer"}), "utf-8")
    (tmp_path / "notes.txt").write_text("not a locale")
    _entries({**GERMAN, "untranslated": ""}).save(str(tmp_path / "de.po"))
    _entries({"roll.name": "tirar"}).save_as_mofile(str(tmp_path / "es.mo"))
    for language, save in (("it", "save_as_mofile"), ("pt_BR", "save")):
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        suffix = "mo" if save == "save_as_mofile" else "po"
        getattr(_entries({"roll.name": f"roll-{language.lower()}"}), save)(
            str(folder / f"bot.{suffix}")
        )
    texts = Translations.load(tmp_path, domain="bot")
    assert texts.of("roll.name") == {
        "fr": "lancer",
        "de": "würfeln",
        "es-ES": "tirar",
        "es-419": "tirar",
        "it": "roll-it",
        "pt-BR": "roll-pt_br",
    }
    assert texts.of("untranslated") == {}
    assert texts.of("") == {}


def test_files_are_read_again(tmp_path: Path) -> None:
    file = tmp_path / "de.json"
    file.write_text('{"a": "eins"}')
    texts = Translations.load(tmp_path)
    file.write_text('{"a": "zwei"}')
    assert texts.text("a", "de") == "eins"
    texts.reload()
    assert texts.text("a", "de") == "zwei"
    file.write_text("{")
    with pytest.raises(InvalidArgument, match="cannot be read as JSON"):
        texts.reload()
    assert texts.text("a", "de") == "zwei"
    with pytest.raises(InvalidArgument, match="come from no file"):
        Translations({}).reload()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("de.json", b"\xff", "de.json cannot be read as JSON"),
        ("de.json", b"[]", "de.json must be a mapping of keys, not list"),
        ("de.json", b'{"a": {"b": 5}}', "the text of a.b must be a str, not int"),
        ("de.mo", b"nothing", "cannot be read as a gettext catalogue"),
        ("de.mo", b"\xde\x12\x04\x95", "cannot be read as a gettext catalogue"),
        ("de.po", b"what is this", "de.po cannot be read"),
        ("xx.json", b"{}", "no language 'xx'"),
        ("readme.txt", b"", "has no translations: for German it needs de.json"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidArgument, match=says):
        Translations.load(tmp_path)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument, match="there is no file or folder of translations at"):
        Translations.load(tmp_path / "none")
    (tmp_path / "all.json").write_text("[]")
    with pytest.raises(InvalidArgument, match="must be an object of locales"):
        Translations.load(tmp_path / "all.json")


def test_po_files_need_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _entries(GERMAN).save(str(tmp_path / "de.po"))
    monkeypatch.setitem(sys.modules, "polib", None)
    with pytest.raises(MissingExtra, match=r"disruption\[translations\]"):
        Translations.load(tmp_path)
