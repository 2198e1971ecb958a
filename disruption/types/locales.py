"""Reference.

The types of https://discord.com/developers/docs/reference
"""

from __future__ import annotations

from .core.enums import OpenStrEnum

__all__ = ["Locale"]


class Locale(OpenStrEnum):
    """See https://discord.com/developers/docs/reference#locales"""

    ID = "id"
    DA = "da"
    DE = "de"
    EN_GB = "en-GB"
    EN_US = "en-US"
    ES_ES = "es-ES"
    ES_419 = "es-419"
    FR = "fr"
    HR = "hr"
    IT = "it"
    LT = "lt"
    HU = "hu"
    NL = "nl"
    NO = "no"
    PL = "pl"
    PT_BR = "pt-BR"
    RO = "ro"
    FI = "fi"
    SV_SE = "sv-SE"
    VI = "vi"
    TR = "tr"
    CS = "cs"
    EL = "el"
    BG = "bg"
    RU = "ru"
    UK = "uk"
    HI = "hi"
    TH = "th"
    ZH_CN = "zh-CN"
    JA = "ja"
    ZH_TW = "zh-TW"
    KO = "ko"

    @property
    def english_name(self) -> str:
        """The language in English, ``Spanish``; the code itself for one not known."""
        from .locale_names import LOCALE_NAMES

        return LOCALE_NAMES.get(self, (str(self), ""))[0]

    @property
    def native_name(self) -> str:
        """The language's own name, ``Español``; the code itself for one not known."""
        from .locale_names import LOCALE_NAMES

        return LOCALE_NAMES.get(self, ("", str(self)))[1]
