"""What points bots of other libraries at a local Discord, with nothing of the library changed."""

from __future__ import annotations

__all__ = ["SETTINGS"]

#: Lines of a bot's program by library. `{rest}`, `{gateway}`, `{origin}`, `{host}` and `{port}`
#: are filled in.
SETTINGS: dict[str, str] = {
    "disruption": "DISRUPTION_REST_URL={rest}    (in the environment)",
    "discord.py": """\
discord.http.Route.BASE = "{rest}"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("{gateway}")""",
    "disnake": 'disnake.http.Route.BASE = "{rest}"',
    "nextcord": 'nextcord.http.Route.BASE = "{rest}"',
    "py-cord": 'discord.http.Route.API_BASE_URL = "{rest}"',
    "hikari": 'bot = hikari.GatewayBot(token, rest_url="{rest}")',
    "interactions.py": 'interactions.api.http.route.Route.BASE = "{rest}"',
    "discord.js": 'new Client({{ intents, rest: {{ api: "{origin}/api", version: "10" }} }})',
    "oceanic.js": 'new Client({{ auth, gateway, rest: {{ baseURL: "{rest}" }} }})',
    "eris": """\
class LocalAgent extends https.Agent {{  // eris speaks https alone
  createConnection(options, done) {{
    return net.connect({{ host: "{host}", port: {port} }}, done);
  }}
}}
new Eris.Client("Bot " + token, {{
  intents,
  rest: {{ domain: "{host}:{port}", baseURL: "/api/v10", agent: new LocalAgent() }},
}})""",
    "dysnomia": """\
new Client("Bot " + token, {{
  gateway,
  rest: {{ https: false, domain: "{host}", port: {port}, baseURL: "/api/v10" }},
}})""",
    "discordeno": """\
const proxy = {{ baseUrl: "{origin}/api", authorization: "Bot " + token }};
const bot = createBot({{ token, intents, events, rest: {{ token, applicationId, proxy }} }});
bot.rest.isProxied = false;  // so that it goes on minding rate limits""",
    "detritus-client": 'new ShardClient(token, {{ gateway, rest: {{ baseUrl: "{rest}" }} }})',
    "cloudstorm, snowtransfer": """\
const rest = new SnowTransfer("Bot " + token, {{ baseHost: "{origin}" }});
new Client(token, {{ intents, snowtransferInstance: rest }})""",
    "slash-create": """\
// and make its address known: PATCH /applications/@me with interactions_endpoint_url
new SlashCreator({{ applicationID, publicKey, token, rest: {{ baseURL: "{rest}" }} }})""",
    "seyfert": """\
// node --experimental-websocket bot.js
globalThis.Bun = {{}};  // before seyfert is loaded: it then takes Node's own WebSocket
client.setServices({{
  rest: new ApiHandler({{ token, domain: "{origin}", baseUrl: "api/v10" }}),
}});""",
    "serenity": """\
// serenity asks its proxy only with its own rate limiter off, and then takes every 429 for an
// error: `disruption local --no-rate-limits`
let http = HttpBuilder::new(&token).proxy("{origin}").ratelimiter_disabled(true).build();
let mut client = ClientBuilder::new_with_http(http, intents).event_handler(handler).await?;""",
    "twilight": """\
let http = twilight_http::Client::builder()
    .token(token.clone())
    .proxy("{host}:{port}".to_owned(), true)
    .build();
let config = twilight_gateway::ConfigBuilder::new(token, intents)
    .proxy_url("{gateway}".to_owned())
    .build();
let mut shard = twilight_gateway::Shard::with_config(ShardId::ONE, config);""",
    "JDA": """\
JDABuilder.createDefault(token)
    .setRestConfig(new RestConfig().setBaseUrl("{rest}/"))
    .setSessionController(new ConcurrentSessionController() {{
        @Override public String getGateway() {{ return "{gateway}"; }}
    }})""",
    "discordgo, arikawa": """\
type local struct{{ http.RoundTripper }}  // the libraries' own addresses begin with https

func (l local) RoundTrip(r *http.Request) (*http.Response, error) {{
    if r.URL.Host == "discord.com" {{
        r.URL.Scheme, r.URL.Host, r.Host = "http", "{host}:{port}", "{host}:{port}"
    }}
    return l.RoundTripper.RoundTrip(r)
}}

http.DefaultTransport = local{{http.DefaultTransport}}  // first in main""",
}
