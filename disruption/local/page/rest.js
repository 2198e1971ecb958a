// REST as a person's client uses it, and the run's own endpoints beside it.

/** An answer that refuses something; the message is fit to be shown. */
class ApiError extends Error {
  constructor(status, body) {
    super(describe(status, body));
    this.status = status;
    this.code = body?.code;
  }
}

/** The code of Discord's for a message that comes too soon in a channel with slowmode. */
const SLOWMODE = 20016;

function describe(status, body) {
  if (!body) return `The server answered ${status}`;
  if (body.code === SLOWMODE) return `Slowmode is on: you can write here again in ${Math.ceil(body.retry_after)} s.`;
  const details = [];
  const walk = (node, path) => {
    for (const [key, value] of Object.entries(node ?? {})) {
      if (key === "_errors") details.push(...value.map((item) => `${path.join(".")}: ${item.message}`));
      else if (value && typeof value === "object") walk(value, [...path, key]);
    }
  };
  walk(body.errors, []);
  return details.length ? details.join("\n") : body.message ?? `The server answered ${status}`;
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** What is said where nothing came back. */
const SILENT = "The local Discord gave no answer: it has been stopped, or a fault has cut the connection.";

/** Say why something that was to be fetched did not come. */
export const unanswered = (error) => {
  throw error.name === "AbortError" ? error : new Error(SILENT);
};

async function ask(url, options) {
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(url, options).catch(unanswered);
    const text = await answer.text();
    let body = null;
    try {
      body = text ? JSON.parse(text) : null;
    } catch {
      body = null; // a fault may have answered with HTML, or with half of the JSON
    }
    if (answer.ok) return body;
    if (answer.status === 429 && body?.code !== SLOWMODE && tries < 5) {
      await pause(Number(body?.retry_after ?? answer.headers.get("Retry-After") ?? 1));
    } else throw new ApiError(answer.status, body);
  }
}

/** The API with a person's token. Faults and rate limits meet it as they meet any client. */
export class Rest {
  constructor(token) {
    this.token = token;
  }

  async call(method, path, body, { files = [], reason = "" } = {}) {
    const headers = { Authorization: this.token };
    if (reason) headers["X-Audit-Log-Reason"] = encodeURIComponent(reason);
    let content;
    if (body instanceof FormData) content = body;
    else if (files.length) {
      content = new FormData();
      content.append("payload_json", JSON.stringify(body ?? {}));
      files.forEach((file, index) => content.append(`files[${index}]`, file, file.name));
    } else if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      content = JSON.stringify(body);
    }
    return ask(`/api/v10${path}`, { method, headers, body: content });
  }

  get = (path) => this.call("GET", path);
  post = (path, body, files) => this.call("POST", path, body, { files });
  put = (path, body, reason) => this.call("PUT", path, body, { reason });
  patch = (path, body, reason) => this.call("PATCH", path, body, { reason });
  delete = (path, reason) => this.call("DELETE", path, undefined, { reason });
}

/** What Discord's API does not offer; needs the run's secret. */
export class Control {
  constructor(key) {
    this.key = key;
  }

  /** Keep a file for an option or a modal; resolves to its attachment object. */
  async upload(file, channelId, token) {
    const content = new FormData();
    content.append("files[0]", file, file.name);
    const headers = { "X-Disruption-Key": this.key, Authorization: token };
    return ask(`/local/uploads?channel_id=${channelId}`, { method: "POST", headers, body: content });
  }

  async call(method, path, body, { token, signal } = {}) {
    const headers = { "X-Disruption-Key": this.key };
    if (token) headers.Authorization = token;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    return ask(`/local${path}`, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  }
}
