/** The gateway's chat API. Sending is safe to repeat: a message keeps its id through every attempt. */

import type { Outgoing } from "./model";
import type { Store } from "./store";

/** The server refused: repeating the same request will not help. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** No answer, or none that counts: worth another attempt. `after` is when, in ms, where the server said so. */
export class Unreachable extends Error {
  constructor(
    message: string,
    readonly after = 0,
  ) {
    super(message);
  }
}

export interface Accepted {
  event_id: number;
  duplicate: boolean;
}

interface Session {
  token: string;
  conversation_id: string;
}

export interface ApiOptions {
  /** Where the API stands: "/api/chat". */
  base: string;
  locale: string;
  store: Store;
  fetch?: typeof fetch;
  wait?: (ms: number) => Promise<void>;
  /** Called when the session goes on in another conversation than before. */
  onNewConversation?: () => void;
}

const ATTEMPTS = 5;
const ANSWER_WITHIN = 10_000;
// What a server says of a session that it does not know (any more).
const SESSION_GONE = new Set([401, 403, 410]);

export class ChatApi {
  private readonly fetch: typeof fetch;
  private readonly wait: (ms: number) => Promise<void>;
  private renewal: Promise<void> | null = null;

  constructor(private readonly options: ApiOptions) {
    this.fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
    this.wait = options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  }

  /** Send a message; five attempts, then Unreachable. Raises Refused where repeating is no use. */
  async send(outgoing: Outgoing): Promise<Accepted> {
    const said = outgoing.choice ? { choice: outgoing.choice } : { text: outgoing.text };
    const body = JSON.stringify({ id: outgoing.id, ...said });
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.withSession("/messages", {
          method: "POST",
          body,
          signal: AbortSignal.timeout(ANSWER_WITHIN),
        });
        return (await answer.json()) as Accepted;
      } catch (error) {
        if (error instanceof Refused || attempt === ATTEMPTS) throw error;
        const after = error instanceof Unreachable ? error.after : 0;
        await this.wait(after || 500 * 2 ** (attempt - 1));
      }
    }
  }

  /** Open the event stream after the event numbered `after`. The answer's body goes on until it is aborted. */
  events(after: number, signal: AbortSignal): Promise<Response> {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(after) };
    return this.withSession("/events", { headers, signal, cache: "no-store" });
  }

  /** Say which product the shopper is looking at. Nothing depends on it: a failure is let pass. */
  async page(productId: string): Promise<void> {
    try {
      await this.withSession("/page", { method: "POST", body: JSON.stringify({ product_id: productId }) });
    } catch {
      // The next page says it again.
    }
  }

  /** A request with the session's token; a session that has run out is renewed once. */
  private async withSession(path: string, init: RequestInit): Promise<Response> {
    if (!this.options.store.token) await this.renew();
    const answer = await this.request(path, init);
    if (!SESSION_GONE.has(answer.status)) return checked(answer);
    await this.renew();
    return checked(await this.request(path, init));
  }

  private async request(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (init.body) headers.set("Content-Type", "application/json");
    if (this.options.store.token) headers.set("Authorization", `Bearer ${this.options.store.token}`);
    try {
      return await this.fetch(this.options.base + path, { ...init, headers, credentials: "same-origin" });
    } catch (error) {
      throw new Unreachable(String(error));
    }
  }

  /** A new token, of the same conversation where the old one allows it. Callers at one time share one request. */
  private renew(): Promise<void> {
    this.renewal ??= this.startSession().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  private async startSession(): Promise<void> {
    const { store, locale, onNewConversation } = this.options;
    const before = store.conversationId;
    const init = { method: "POST", body: JSON.stringify({ locale }) };
    let answer = await this.request("/session", init);
    if (SESSION_GONE.has(answer.status) && store.token) {
      store.rememberSession("", "");
      answer = await this.request("/session", init);
    }
    const session = (await (await checked(answer)).json()) as Session;
    store.rememberSession(session.token, session.conversation_id);
    if (before && before !== session.conversation_id) onNewConversation?.();
  }
}

async function checked(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  if (answer.status === 429 || answer.status >= 500) {
    const seconds = Number(answer.headers.get("Retry-After"));
    throw new Unreachable(`status ${answer.status}`, seconds > 0 ? Math.min(seconds, 30) * 1000 : 0);
  }
  const fault = (await answer.json().catch(() => null)) as { error?: { code?: string; message?: string } } | null;
  throw new Refused(answer.status, fault?.error?.code ?? "", fault?.error?.message ?? "");
}
