"""Discord's HTTP API, usable alone: `Rest`.

`rest.py` puts the resources together, one file for each page of Discord's documentation;
`call.py` is the way of a request, `buckets.py` has the rate limits, `wire.py` and `http.py`
the connections, `answer.py` and `responder.py` the answers to interactions.
"""

from disruption.rest.batching import Outcome, batch
from disruption.rest.files import File, VoiceMessage
from disruption.rest.hooks import Exchange, RawResponse
from disruption.rest.log_handler import WebhookLogHandler
from disruption.rest.oauth2 import authorization_url
from disruption.rest.rest import Rest, anonymous_rest
from disruption.rest.retry import Retries

__all__ = [
    "Exchange",
    "File",
    "Outcome",
    "RawResponse",
    "Rest",
    "Retries",
    "VoiceMessage",
    "WebhookLogHandler",
    "anonymous_rest",
    "authorization_url",
    "batch",
]
