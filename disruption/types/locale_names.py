"""What languages are called, in English and by those who speak them.

See https://discord.com/developers/docs/reference#locales
"""

from __future__ import annotations

__all__ = ["LOCALE_NAMES"]

LOCALE_NAMES: dict[str, tuple[str, str]] = {
    "id": ("Indonesian", "Bahasa Indonesia"),
    "da": ("Danish", "Dansk"),
    "de": ("German", "Deutsch"),
    "en-GB": ("English, UK", "English, UK"),
    "en-US": ("English, US", "English, US"),
    "es-ES": ("Spanish", "Español"),
    "es-419": ("Spanish, LATAM", "Español, LATAM"),
    "fr": ("French", "Français"),
    "hr": ("Croatian", "Hrvatski"),
    "it": ("Italian", "Italiano"),
    "lt": ("Lithuanian", "Lietuviškai"),
    "hu": ("Hungarian", "Magyar"),
    "nl": ("Dutch", "Nederlands"),
    "no": ("Norwegian", "Norsk"),
    "pl": ("Polish", "Polski"),
    "pt-BR": ("Portuguese, Brazilian", "Português do Brasil"),
    "ro": ("Romanian, Romania", "Română"),
    "fi": ("Finnish", "Suomi"),
    "sv-SE": ("Swedish", "Svenska"),
    "vi": ("Vietnamese", "Tiếng Việt"),
    "tr": ("Turkish", "Türkçe"),
    "cs": ("Czech", "Čeština"),
    "el": ("Greek", "Ελληνικά"),
    "bg": ("Bulgarian", "български"),
    "ru": ("Russian", "Русский"),
    "uk": ("Ukrainian", "Українська"),
    "hi": ("Hindi", "हिन्दी"),
    "th": ("Thai", "ไทย"),
    "zh-CN": ("Chinese, China", "中文"),
    "ja": ("Japanese", "日本語"),
    "zh-TW": ("Chinese, Taiwan", "繁體中文"),
    "ko": ("Korean", "한국어"),
}
"""By the value of a `Locale`: the English name and its own."""
