import { expect, test } from "vitest";
import type { Choice, MessageEvent } from "../src/model";
import { answerable, apply, emptyThread, taken, type Change, type Thread } from "../src/thread";

const choice = (id: string, title = id): Choice => ({ id, title, kind: "other" });
const bot = (text: string, choices: Choice[] = []): MessageEvent => ({ from: "bot", text, choices });
const received = (eventId: number | null, event: MessageEvent): Change => ({ type: "received", eventId, event });
const queued = (id: string, text: string, choiceId?: string): Change => ({
  type: "queued",
  outgoing: choiceId ? { id, text, choice: choiceId } : { id, text },
});
const after = (...changes: Change[]): Thread => changes.reduce(apply, emptyThread);
const texts = (thread: Thread) => thread.messages.map((message) => message.text);

test("a message is on the screen at once and the same one when it is confirmed", () => {
  const sending = after(queued("a", "hello"));
  expect(sending.messages[0]).toMatchObject({ text: "hello", status: "sending" });
  const sent = apply(sending, { type: "accepted", clientId: "a", eventId: 1 });
  expect(sent.messages).toHaveLength(1);
  expect(sent.messages[0]).toMatchObject({ status: "sent", eventId: 1, key: sending.messages[0]?.key });
});

test("the event of an own message does not double it, whichever comes first", () => {
  const echo = received(1, { from: "shopper", text: "hello", id: "a" });
  const confirmed: Change = { type: "accepted", clientId: "a", eventId: 1 };
  for (const order of [[echo, confirmed], [confirmed, echo]]) {
    expect(texts(after(queued("a", "hello"), ...order))).toEqual(["hello"]);
  }
});

test("a redelivered event changes nothing", () => {
  expect(texts(after(received(2, bot("hi")), received(2, bot("hi"))))).toEqual(["hi"]);
});

test("messages stand in the server's order, unsent ones at the end", () => {
  const thread = after(queued("a", "mine"), received(5, bot("five")), received(4, bot("four")));
  expect(texts(thread)).toEqual(["four", "five", "mine"]);
  expect(thread.lastEventId).toBe(5);
});

test("a message that nobody keeps stays between what came before and after it", () => {
  const thread = after(received(3, bot("three")), received(null, bot("forgotten")), received(9, bot("nine")));
  expect(texts(thread)).toEqual(["three", "forgotten", "nine"]);
  expect(thread.lastEventId).toBe(9);
});

test("choices can be used until the shopper says something", () => {
  const asked = after(received(1, bot("Yes or no?", [choice("1-0")])), received(2, bot("And this?", [choice("2-0")])));
  expect(answerable(asked)).toEqual(new Set(["event-1", "event-2"]));
  const answered = apply(asked, queued("a", "Yes", "2-0"));
  expect(answerable(answered)).toEqual(new Set());
  expect(taken(answered)).toEqual(new Set(["2-0"]));
});

test("a choice that was taken is known again after a reload, by its title", () => {
  const thread = after(
    received(1, bot("Yes or no?", [choice("1-0", "Yes"), choice("1-1", "No")])),
    received(2, { from: "shopper", text: "No", id: "a" }),
    received(3, bot("All right.")),
  );
  expect(taken(thread)).toEqual(new Set(["1-1"]));
});

test("an answer that could not be sent leaves the choices open", () => {
  const thread = after(
    received(1, bot("Yes or no?", [choice("1-0")])),
    queued("a", "Yes", "1-0"),
    { type: "failed", clientId: "a", fault: "" },
  );
  expect(answerable(thread)).toContain("event-1");
  expect(thread.messages.at(-1)).toMatchObject({ status: "failed" });
});

test("a second attempt is the same message", () => {
  const failed = after(queued("a", "hello"), { type: "failed", clientId: "a", fault: "no" });
  const again = apply(failed, queued("a", "hello"));
  expect(again.messages).toHaveLength(1);
  expect(again.messages[0]).toMatchObject({ status: "sending", fault: "" });
});

test("typing begins with the confirmation and ends with the answer", () => {
  const waiting = after(queued("a", "hello"), { type: "accepted", clientId: "a", eventId: 1 });
  expect(waiting.typing).toBe(true);
  expect(apply(waiting, received(2, bot("hi"))).typing).toBe(false);
});

test("an answer that is faster than the confirmation leaves nobody typing", () => {
  const thread = after(queued("a", "hello"), received(2, bot("hi")), { type: "accepted", clientId: "a", eventId: 1 });
  expect(thread.typing).toBe(false);
  expect(texts(thread)).toEqual(["hello", "hi"]);
});
