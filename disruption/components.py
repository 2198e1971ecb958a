"""Message and modal components by their short names: ``components.File``, ``components.Button``.

Besides the components themselves: `validate` and `validate_modal` say what Discord would
refuse, `walk`, `find`, `replace` and `disable_all` read and change what a message has.

```python
message.edit(components=components.disable_all(message.components))
```

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from .types.components import *
from .types.components import FileComponent as File
from .types.components import __all__ as _names
from .types.components.tree import disable_all, find, replace, validate, validate_modal, walk

__all__ = [
    *_names,
    "File",
    "disable_all",
    "find",
    "replace",
    "validate",
    "validate_modal",
    "walk",
]
