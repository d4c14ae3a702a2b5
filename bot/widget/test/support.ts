/** Stand-ins for the browser: a shelf in memory, and a server that answers from a list. */

import { Store, type Shelf } from "../src/store";

export function memoryStore(): Store {
  const shelf = (): Shelf => {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  };
  return new Store(shelf(), shelf());
}

export interface Call {
  path: string;
  headers: Headers;
  body: Record<string, string>;
}

/** A `fetch` that notes each call and answers with the next of `answers`; an Error is thrown. */
export function server(...answers: (Response | Error)[]) {
  const calls: Call[] = [];
  const fetch = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, string>) : {};
    calls.push({ path, headers: new Headers(init.headers), body });
    const answer = answers.shift();
    if (!answer) throw new Error(`nobody expected a call of ${path}`);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { calls, fetch: fetch as unknown as typeof globalThis.fetch };
}

export const session = (token = "t1", conversation = "c1") =>
  Response.json({ token, conversation_id: conversation });

export const accepted = (eventId = 7, duplicate = false) =>
  Response.json({ id: "m1", event_id: eventId, duplicate }, { status: 202 });

export const refusal = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json({ error: { code, message: `because ${code}`, field: null } }, { status, headers });
