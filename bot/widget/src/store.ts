/** What survives a reload: the session's token, messages not sent yet, the draft, whether the panel is open. */

import type { Outgoing } from "./model";

/** The part of the browser's Storage that is used; it may throw where the browser forbids it. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "pairwell:";

export class Store {
  constructor(
    private readonly lasting: Shelf,
    private readonly passing: Shelf,
  ) {}

  get token(): string {
    return read(this.lasting, "token") ?? "";
  }

  get conversationId(): string {
    return read(this.lasting, "conversation") ?? "";
  }

  rememberSession(token: string, conversationId: string): void {
    write(this.lasting, "token", token);
    write(this.lasting, "conversation", conversationId);
  }

  get draft(): string {
    return read(this.lasting, "draft") ?? "";
  }

  set draft(text: string) {
    write(this.lasting, "draft", text);
  }

  get outbox(): Outgoing[] {
    try {
      const kept: unknown = JSON.parse(read(this.lasting, "outbox") ?? "[]");
      return Array.isArray(kept) ? (kept as Outgoing[]) : [];
    } catch {
      return [];
    }
  }

  keep(outgoing: Outgoing): void {
    const others = this.outbox.filter((kept) => kept.id !== outgoing.id);
    write(this.lasting, "outbox", JSON.stringify([...others, outgoing]));
  }

  drop(id: string): void {
    const rest = this.outbox.filter((kept) => kept.id !== id);
    write(this.lasting, "outbox", rest.length ? JSON.stringify(rest) : "");
  }

  /** The path of the page on which the panel is open; "" where it is closed. It belongs to the tab. */
  get openOn(): string {
    return read(this.passing, "open") ?? "";
  }

  set openOn(path: string) {
    write(this.passing, "open", path);
  }
}

/** The store of this browser. Without storage (a strict private window) it forgets, and works. */
export function browserStore(): Store {
  const none: Shelf = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  try {
    return new Store(window.localStorage, window.sessionStorage);
  } catch {
    return new Store(none, none);
  }
}

function read(shelf: Shelf, key: string): string | null {
  try {
    return shelf.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

function write(shelf: Shelf, key: string, value: string): void {
  try {
    if (value) shelf.setItem(PREFIX + key, value);
    else shelf.removeItem(PREFIX + key);
  } catch {
    // Full or forbidden: the chat goes on without it.
  }
}
