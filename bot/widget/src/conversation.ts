/** One conversation: puts API, event stream, store and thread together, and tells the screen when to redraw. */

import { ChatApi, Refused } from "./api";
import type { CartEvent, MessageEvent, Outgoing } from "./model";
import type { Store } from "./store";
import { EventStream, type StreamEvent } from "./stream";
import { apply, emptyThread, type Change, type Message, type Thread } from "./thread";

export interface ConversationOptions {
  base: string;
  locale: string;
  store: Store;
  onChange: () => void;
  onCart: (cart: CartEvent) => void;
  onBotMessage: () => void;
  fetch?: typeof fetch;
}

// The server answers within its own limit; after that nobody is writing any more.
const TYPING_AT_MOST = 25_000;

export class Conversation {
  thread: Thread = emptyThread;
  connected = true;
  private readonly api: ChatApi;
  private readonly stream: EventStream;
  private sending: Promise<void> = Promise.resolve();
  private typingEnds: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ConversationOptions) {
    this.api = new ChatApi({ ...options, onNewConversation: () => this.startOver() });
    this.stream = new EventStream({
      connect: (after, signal) => this.api.events(after, signal),
      onEvent: (event) => this.receive(event),
      onState: (state) => {
        this.connected = state === "open";
        options.onChange();
      },
    });
  }

  /** Whether this browser has talked to the assistant before. */
  get begun(): boolean {
    return this.options.store.token !== "";
  }

  /** Show what was said, follow what is said, and send what an earlier page could not send. */
  start(): void {
    this.stream.start();
    const known = new Set(this.thread.messages.map((message) => message.clientId));
    for (const kept of this.options.store.outbox) {
      if (!known.has(kept.id)) this.deliver(kept);
    }
  }

  /** Stop following, for a tab that nobody sees; `start` goes on where it stopped. */
  pause(): void {
    this.stream.stop();
  }

  say(text: string): void {
    this.deliver({ id: newId(), text });
  }

  choose(id: string, title: string): void {
    this.deliver({ id: newId(), text: title, choice: id });
  }

  /** Send a message that failed once more, under its old id. */
  retry(message: Message): void {
    if (!message.clientId) return;
    const choice = message.choiceId ? { choice: message.choiceId } : {};
    this.deliver({ id: message.clientId, text: message.text, ...choice });
  }

  look(productId: string): void {
    void this.api.page(productId);
  }

  /** One at a time, so that messages arrive in the order they were written. */
  private deliver(outgoing: Outgoing): void {
    this.options.store.keep(outgoing);
    this.change({ type: "queued", outgoing });
    this.sending = this.sending.then(() => this.send(outgoing));
  }

  private async send(outgoing: Outgoing): Promise<void> {
    try {
      const accepted = await this.api.send(outgoing);
      this.options.store.drop(outgoing.id);
      this.change({ type: "accepted", clientId: outgoing.id, eventId: accepted.event_id });
      this.expectAnswer();
    } catch (error) {
      const refused = error instanceof Refused;
      // What the server refuses is not tried again by the next page either.
      if (refused) this.options.store.drop(outgoing.id);
      this.change({ type: "failed", clientId: outgoing.id, fault: refused ? error.message : "" });
    }
  }

  private receive(event: StreamEvent): void {
    if (event.name === "message") {
      const message = event.data as MessageEvent;
      const isNew = event.id === null || event.id > this.thread.lastEventId;
      this.change({ type: "received", eventId: event.id, event: message });
      if (isNew && message.from === "bot") this.options.onBotMessage();
    } else if (event.name === "typing") {
      this.change({ type: "typing", on: (event.data as { active: boolean }).active });
      this.expectAnswer();
    } else if (event.name === "cart") {
      this.options.onCart(event.data as CartEvent);
    }
  }

  private expectAnswer(): void {
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.change({ type: "typing", on: false }), TYPING_AT_MOST);
  }

  private startOver(): void {
    // The open stream, if there is one, still tells of the old conversation.
    this.stream.restart();
    const unsent = this.thread.messages.filter((message) => message.eventId === null);
    this.thread = { ...emptyThread, messages: unsent };
    this.options.onChange();
  }

  private change(change: Change): void {
    this.thread = apply(this.thread, change);
    this.options.onChange();
  }
}

/** An id that no other message has. randomUUID is missing on pages served without TLS. */
export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
