/** Server-sent events that survive a lost connection: it reconnects and goes on after the last event. */

import { createParser } from "eventsource-parser";

export interface StreamEvent {
  /** The event's number; null for one that is not kept (typing, cart). */
  id: number | null;
  name: string;
  data: unknown;
}

export interface StreamOptions {
  connect: (after: number, signal: AbortSignal) => Promise<Response>;
  onEvent: (event: StreamEvent) => void;
  onState: (state: "open" | "lost") => void;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A connection without a byte (heartbeats included) for this long counts as dead. */
  silence?: number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

export class EventStream {
  lastEventId = 0;
  private running: AbortController | null = null;

  constructor(private readonly options: StreamOptions) {}

  /** Connect, unless connected already. */
  start(): void {
    if (this.running) return;
    this.running = new AbortController();
    void this.run(this.running.signal);
  }

  stop(): void {
    this.running?.abort();
    this.running = null;
  }

  /** Begin again from the first event, if it is running. */
  restart(): void {
    const wasRunning = this.running !== null;
    this.stop();
    this.lastEventId = 0;
    if (wasRunning) this.start();
  }

  private async run(signal: AbortSignal): Promise<void> {
    const wait = this.options.wait ?? pause;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.listen(signal, () => {
          failures = 0;
        });
      } catch {
        // Whatever it was, the remedy is the same: say so and connect again.
      }
      if (signal.aborted) return;
      failures += 1;
      // A server that ends a stream in good order is met again at once; nobody need be told.
      if (failures > 1) this.options.onState("lost");
      await wait(Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE), signal);
    }
  }

  private async listen(signal: AbortSignal, onAlive: () => void): Promise<void> {
    const connection = new AbortController();
    const end = () => connection.abort();
    signal.addEventListener("abort", end);
    const watchdog = new Watchdog(this.options.silence ?? 45_000, end);
    try {
      const answer = await this.options.connect(this.lastEventId, connection.signal);
      if (!answer.body) return;
      this.options.onState("open");
      const parser = createParser({ onEvent: (event) => this.deliver(event.id, event.event, event.data) });
      const decoder = new TextDecoder();
      const reader = answer.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        onAlive();
        watchdog.fed();
        parser.feed(decoder.decode(part.value, { stream: true }));
      }
    } finally {
      watchdog.end();
      signal.removeEventListener("abort", end);
      connection.abort();
    }
  }

  private deliver(id: string | undefined, name: string | undefined, data: string): void {
    const number = id ? Number(id) : Number.NaN;
    const known = Number.isSafeInteger(number);
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch {
      return;
    }
    if (known) this.lastEventId = Math.max(this.lastEventId, number);
    this.options.onEvent({ id: known ? number : null, name: name ?? "message", data: value });
  }
}

class Watchdog {
  private timer: ReturnType<typeof setTimeout>;

  constructor(
    private readonly limit: number,
    private readonly bark: () => void,
  ) {
    this.timer = setTimeout(bark, limit);
  }

  fed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.bark, this.limit);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

/** Wait, but not longer than until the browser says that it is online again. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    globalThis.addEventListener?.("online", done);
    signal.addEventListener("abort", done, { once: true });
  });
}
