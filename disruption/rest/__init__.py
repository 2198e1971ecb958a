"""Discord's HTTP API, usable alone: `Rest`.

`core.py` is the way of a request, `rest.py` puts the resources together, one file for
each page of Discord's documentation.
"""

from disruption.rest.files import File
from disruption.rest.rest import Rest, anonymous_rest
from disruption.rest.retry import Retries

__all__ = ["File", "Rest", "Retries", "anonymous_rest"]
