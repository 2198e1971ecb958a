// The gateway as a person's client speaks it: identify, beat, resume.

const FATAL = new Set([4004, 4010, 4011, 4012, 4013, 4014]);

export class Gateway {
  /**
   * `receive(name, data)` gets every event; `status(text)` is told "connected", "connecting" or
   * "closed" and with which code when it is over for good.
   */
  constructor(url, token, receive, status) {
    this.url = url;
    this.token = token;
    this.receive = receive;
    this.status = status;
    this.sequence = null;
    this.session = null;
    this.failures = 0;
    this.over = false;
    this.connect();
  }

  connect() {
    this.status("connecting");
    this.acknowledged = true;
    const socket = new WebSocket(`${this.url}/?v=10&encoding=json`);
    this.socket = socket;
    socket.addEventListener("message", (event) => {
      if (socket !== this.socket || typeof event.data !== "string") return;
      let payload;
      try {
        payload = JSON.parse(event.data);
      } catch {
        return; // a fault's garbage: what was lost with it comes again with the next resume
      }
      if (payload && typeof payload === "object") this.take(payload);
    });
    socket.addEventListener("close", (event) => {
      if (socket === this.socket) this.lost(event.code);
    });
  }

  take({ op, t, s, d }) {
    if (op === 0) {
      if (s !== null) this.sequence = s;
      if (t === "READY") this.session = d.session_id;
      if (t === "READY" || t === "RESUMED") {
        this.failures = 0;
        this.status("connected");
      }
      this.receive(t, d);
    } else if (op === 1) this.beat();
    else if (op === 7) this.socket.close(4000);
    else if (op === 9) {
      if (d !== true) this.session = this.sequence = null;
      this.socket.close(4000);
    } else if (op === 10) {
      clearInterval(this.timer);
      this.timer = setInterval(() => this.beat(), d.heartbeat_interval);
      if (this.session) {
        this.send(6, { token: this.token, session_id: this.session, seq: this.sequence });
      } else {
        const properties = { os: "web", browser: "disruption page", device: "disruption page" };
        this.send(2, { token: this.token, intents: 0, large_threshold: 250, properties });
      }
    } else if (op === 11) this.acknowledged = true;
  }

  beat() {
    if (!this.acknowledged) {
      this.socket.close(4000);
      return;
    }
    this.acknowledged = false;
    this.send(1, this.sequence);
  }

  send(op, d) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ op, d }));
  }

  lost(code) {
    clearInterval(this.timer);
    if (this.over) return;
    if (FATAL.has(code)) {
      this.over = true;
      this.status(`closed (${code})`);
      return;
    }
    if (code === 4007 || code === 4009) this.session = this.sequence = null;
    this.status("connecting");
    const wait = Math.min(250 * 2 ** this.failures, 8000);
    this.failures += 1;
    this.retry = setTimeout(() => this.connect(), wait);
  }

  /** Leave for good. */
  close() {
    this.over = true;
    clearInterval(this.timer);
    clearTimeout(this.retry);
    this.socket.close(1000);
  }
}
