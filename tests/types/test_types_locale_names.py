"""The names of languages."""

from __future__ import annotations

from disruption.types import Locale
from disruption.types.locale_names import LOCALE_NAMES


def test_every_locale_has_its_names() -> None:
    assert set(LOCALE_NAMES) == {locale.value for locale in Locale}
    assert Locale.EN_US.english_name == "English, US"
    assert Locale.ES_ES.native_name == "Español"
    assert Locale.PT_BR.english_name == "Portuguese, Brazilian"


def test_a_locale_of_tomorrow_is_its_code() -> None:
    assert Locale("xx-YY").english_name == "xx-YY"
    assert Locale("xx-YY").native_name == "xx-YY"
