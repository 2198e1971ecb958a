"""Bots of other libraries run on the local Discord, with nothing changed but its address.

Each library's bot plays the same play (`compat_scenes.py`) in a process of its own. Where the
libraries are is told by two variables, which the checks of a change always set::

    DISRUPTION_COMPAT_PYTHON=/path/to/venv/bin/python \\
    DISRUPTION_COMPAT_NODE_MODULES=/path/to/node_modules python -m pytest tests/compat -m slow
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from compat_scenes import SCENES
from compat_stage import Stage, running


@pytest.fixture(scope="class")
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A stage for one library; all scenes are played on it, in order."""
    with running(request.cls.library) as made:
        yield made


@pytest.mark.slow
class Play:
    """The play with one library's bot."""

    library: str

    @pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
    def test_scene(self, stage: Stage, scene: Callable[[Stage], None]) -> None:
        assert stage.process.poll() is None, stage.output()
        scene(stage)


class TestDiscordPy(Play):
    library = "discord.py"


class TestDisnake(Play):
    library = "disnake"


class TestHikari(Play):
    library = "hikari"


class TestDiscordJs(Play):
    library = "discord.js"


class TestEris(Play):
    library = "eris"


class TestOceanicJs(Play):
    library = "oceanic.js"
