/** The messages on the screen, as a value, and what happens to them. No network, no DOM, no clock. */

import type { Card, Choice, MessageEvent, Outgoing } from "./model";

export interface Message {
  /** Stable for the screen: a message that is sent and then confirmed stays the same element. */
  key: string;
  /** The server's number of the message; null while it is on its way, or where nobody keeps it. */
  eventId: number | null;
  /** Where it stands: its number; after what came before it; or, on its way, at the end. */
  place: number;
  clientId: string | null;
  from: "bot" | "shopper";
  text: string;
  choices: Choice[];
  cards: Card[];
  isOffer: boolean;
  status: "sending" | "sent" | "failed";
  /** The choice that this message of the shopper answered with. */
  choiceId: string | null;
  /** Why it was not sent, where the server said so. */
  fault: string;
}

export interface Thread {
  messages: Message[];
  lastEventId: number;
  typing: boolean;
}

export type Change =
  | { type: "queued"; outgoing: Outgoing }
  | { type: "accepted"; clientId: string; eventId: number }
  | { type: "failed"; clientId: string; fault: string }
  | { type: "received"; eventId: number | null; event: MessageEvent }
  | { type: "typing"; on: boolean }
  | { type: "cleared" };

export const emptyThread: Thread = { messages: [], lastEventId: 0, typing: false };

/** The thread after a change. Repeating a change (a redelivered event) changes nothing. */
export function apply(thread: Thread, change: Change): Thread {
  switch (change.type) {
    case "queued":
      return { ...thread, messages: queue(thread.messages, change.outgoing) };
    case "accepted":
      return {
        ...thread,
        // The answer may have been faster than the confirmation.
        typing: !thread.messages.some((message) => message.from === "bot" && (message.eventId ?? 0) > change.eventId),
        messages: accept(thread.messages, change.clientId, change.eventId),
      };
    case "failed":
      return {
        ...thread,
        messages: update(thread.messages, change.clientId, { status: "failed", fault: change.fault }),
      };
    case "received":
      return receive(thread, change.eventId, change.event);
    case "typing":
      return { ...thread, typing: change.on };
    case "cleared":
      return emptyThread;
  }
}

/** Keys of the messages whose choices can still be used: those that the shopper has not answered yet. */
export function answerable(thread: Thread): Set<string> {
  const keys = new Set<string>();
  for (const message of [...thread.messages].reverse()) {
    if (message.from === "shopper" && message.status !== "failed") break;
    keys.add(message.key);
  }
  return keys;
}

/** Ids of the choices that the shopper has taken: those whose title the next message of the shopper repeats. */
export function taken(thread: Thread): Set<string> {
  const ids = new Set<string>();
  let asked: Choice[] = [];
  for (const message of thread.messages) {
    if (message.from === "bot") asked.push(...message.choices);
    else if (message.status !== "failed") {
      const choice = asked.find(({ id, title }) => (message.choiceId ? id === message.choiceId : title === message.text));
      if (choice) ids.add(choice.id);
      asked = [];
    }
  }
  return ids;
}

function queue(messages: Message[], outgoing: Outgoing): Message[] {
  if (messages.some((message) => message.clientId === outgoing.id)) {
    return update(messages, outgoing.id, { status: "sending", fault: "" });
  }
  const message: Message = {
    key: outgoing.id,
    eventId: null,
    place: Infinity,
    clientId: outgoing.id,
    from: "shopper",
    text: outgoing.text,
    choices: [],
    cards: [],
    isOffer: false,
    status: "sending",
    choiceId: outgoing.choice ?? null,
    fault: "",
  };
  return [...messages, message];
}

function accept(messages: Message[], clientId: string, eventId: number): Message[] {
  // The event stream may have been faster than the answer to the request.
  const others = messages.filter((message) => message.eventId !== eventId || message.clientId === clientId);
  return inOrder(update(others, clientId, { status: "sent", eventId, place: eventId, fault: "" }));
}

function receive(thread: Thread, eventId: number | null, event: MessageEvent): Thread {
  const lastEventId = Math.max(thread.lastEventId, eventId ?? 0);
  // What is said but not kept (the answer to "forget me") has no number.
  const place = eventId ?? lastEventId + 0.5;
  const typing = event.from === "bot" ? false : thread.typing;
  const own = event.from === "shopper" ? (event.id ?? "") : "";
  const known = thread.messages.find(
    (message) => (eventId !== null && message.eventId === eventId) || (own !== "" && message.clientId === own),
  );
  if (known) {
    const messages = thread.messages.map((message) =>
      message === known ? { ...message, eventId, place, status: "sent" as const, fault: "" } : message,
    );
    return { messages: inOrder(messages), lastEventId, typing };
  }
  const message: Message = {
    key: own || `event-${eventId ?? `unkept-${thread.messages.length}`}`,
    eventId,
    place,
    clientId: own || null,
    from: event.from,
    text: event.text,
    choices: event.choices ?? [],
    cards: event.cards ?? [],
    isOffer: Boolean(event.offer),
    status: "sent",
    choiceId: null,
    fault: "",
  };
  return { messages: inOrder([...thread.messages, message]), lastEventId, typing };
}

function update(messages: Message[], clientId: string, fields: Partial<Message>): Message[] {
  return messages.map((message) => (message.clientId === clientId ? { ...message, ...fields } : message));
}

/** By place; those on their way last, in the order they were written. */
function inOrder(messages: Message[]): Message[] {
  return [...messages].sort((a, b) => (a.place === b.place ? 0 : a.place - b.place));
}
