"""Texts in many languages, by key: for the names of commands, and for answers.

```python
translations = Translations.load("locales")          # locales/de.json, locales/pt-BR.json, …
payload = localize(payload, translations)            # the keys are "roll.description", …
ctx.respond(translations.text("roll.result", ctx.locale, number=4))
```
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ...errors import InvalidArgument
from ...types import Locale

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Translations", "discord_locales"]

_log = logging.getLogger("disruption.commands")

Catalogue: TypeAlias = Callable[[str], "str | None"]
"""From a key to its text, None where there is none."""

_ALIASES: Final = {
    "en": ("en-US", "en-GB"),
    "es": ("es-ES", "es-419"),
    "nb": ("no",),
    "nn": ("no",),
    "pt": ("pt-BR",),
    "sv": ("sv-SE",),
    "zh": ("zh-CN",),
    "zh-hans": ("zh-CN",),
    "zh-hant": ("zh-TW",),
    "zh-hk": ("zh-TW",),
}
_BY_LOWER: Final = {str(locale).lower(): str(locale) for locale in Locale}


def discord_locales(name: str) -> tuple[str, ...]:
    """Return the locales of Discord that a name of a language stands for.

    ``de_AT.UTF-8`` is ``de``, ``sv`` is ``sv-SE``, and ``en`` both kinds of English.

    Raises:
        InvalidArgument: Discord has no such language.
    """
    plain = name.partition(".")[0].partition("@")[0].replace("_", "-").lower()
    while plain:
        if plain in _BY_LOWER:
            return (_BY_LOWER[plain],)
        if plain in _ALIASES:
            return _ALIASES[plain]
        plain = plain.rpartition("-")[0]
    raise InvalidArgument(
        f"Discord has no language {name!r}; it has {', '.join(str(locale) for locale in Locale)}"
    )


class Translations:
    """Texts by locale and key.

    Args:
        texts: Of each locale (``de``, ``pt-BR``, ``pt_BR``, ``en`` for all English) the texts
            by key. Mappings may be nested: ``{"roll": {"name": …}}`` has the key ``roll.name``.
        default: The locale that answers fall back to.

    Raises:
        InvalidArgument: Discord has no such locale, or something is no text.
    """

    def __init__(self, texts: Mapping[str, Mapping[str, Any]], *, default: str = "en-US") -> None:
        self._default = discord_locales(default)[0]
        self._source: Callable[[], dict[str, Catalogue]] | None = None
        self._catalogues = _expanded(
            {name: dict(_flat(inner, name)).get for name, inner in texts.items()}
        )

    @classmethod
    def load(cls, path: str | Path, *, domain: str = "messages", default: str = "en-US") -> Self:
        """Read texts from files.

        `path` is a JSON file of all locales (``{"de": {"roll.name": …}}``), or a folder that
        has for each locale a ``de.json``, ``de.po`` or ``de.mo``, or gettext's
        ``de/LC_MESSAGES/messages.mo`` (or ``.po``).

        Args:
            path: The file or folder.
            domain: The name of the files in gettext's folders.
            default: The locale that answers fall back to.

        Raises:
            InvalidArgument: There is no such file, or it cannot be read; says which and where.
            MissingExtra: A ``.po`` needs ``pip install 'disruption[translations]'``.
        """
        from .translation_files import read_catalogues

        def source() -> dict[str, Catalogue]:
            return _expanded(read_catalogues(Path(path), domain, _flat))

        made = cls({}, default=default)
        made._catalogues = source()
        made._source = source
        return made

    def reload(self) -> None:
        """Read the files again; where that fails, what was read before stays.

        Raises:
            InvalidArgument: As `load`, or there are no files.
        """
        if self._source is None:
            raise InvalidArgument("these translations come from no file, so nothing can be read")
        self._catalogues = self._source()

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that there are texts of."""
        return tuple(self._catalogues)

    def of(self, key: str) -> dict[str, str]:
        """Return the texts of a key by locale, as ``name_localizations`` has them."""
        found = ((locale, look_up(key)) for locale, look_up in self._catalogues.items())
        return {locale: text for locale, text in found if text}

    def get(self, key: str, locale: str | None) -> str | None:
        """Return the text of a key for one locale, its language, or the default; else None."""
        for look_up in self._candidates(locale):
            text = look_up(key)
            if text:
                return text
        return None

    def text(
        self, key: str, locale: str | None, /, default: str | None = None, **values: object
    ) -> str:
        """Return a text for an answer.

        Args:
            key: Its key.
            locale: The user's, ``ctx.locale``; another form of the same language and the
                default locale stand in for it.
            default: The text where there is none; by default the key.
            values: What to put in place of ``{name}``.
        """
        found = self.get(key, locale)
        if found is None:
            found = key if default is None else default
        if not values:
            return found
        try:
            return found.format(**values)
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            _log.warning("the text %r for %s does not fit its values: %r", key, locale, error)
            return found

    def _candidates(self, locale: str | None) -> Iterator[Catalogue]:
        catalogues = self._catalogues
        wanted = "" if locale is None else str(locale)
        if wanted in catalogues:
            yield catalogues[wanted]
        language = wanted.partition("-")[0]
        for other, look_up in catalogues.items():
            if language and other != wanted and other.partition("-")[0] == language:
                yield look_up
        if self._default in catalogues:
            yield catalogues[self._default]


def _flat(texts: Any, where: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield keys and texts of nested mappings."""
    if not isinstance(texts, Mapping):
        raise InvalidArgument(f"{where} must be a mapping of keys, not {type(texts).__name__}")
    for key, text in texts.items():
        if isinstance(text, Mapping):
            yield from _flat(text, where, f"{prefix}{key}.")
        elif isinstance(text, str):
            yield f"{prefix}{key}", text
        else:
            raise InvalidArgument(
                f"{where}: the text of {prefix}{key} must be a str, not {type(text).__name__}"
            )


def _expanded(catalogues: Mapping[str, Catalogue]) -> dict[str, Catalogue]:
    """Return catalogues by Discord's locales; the most exact name of a file wins."""
    made: dict[str, Catalogue] = {}
    exact: set[str] = set()
    for name, look_up in catalogues.items():
        for locale in discord_locales(name):
            named = name.replace("_", "-").lower() == locale.lower()
            if named or locale not in exact:
                made[locale] = look_up
            if named:
                exact.add(locale)
    return made
