import { expect, test, vi } from "vitest";
import { Conversation } from "../src/conversation";
import { stringsFor } from "../src/strings";
import { accepted, memoryStore, refusal, server } from "./support";

function conversation(...answers: (Response | Error)[]) {
  const store = memoryStore();
  store.rememberSession("t1", "c1");
  const { calls, fetch } = server(...answers);
  const told = { onChange: vi.fn(), onCart: vi.fn(), onBotMessage: vi.fn() };
  return { store, calls, told, talk: new Conversation({ base: "/api/chat", locale: "en", store, fetch, ...told }) };
}

test("messages leave one after the other, in the order they were written", async () => {
  const { talk, calls } = conversation(accepted(1), accepted(2), accepted(3));
  for (const text of ["one", "two", "three"]) talk.say(text);
  await vi.waitFor(() => expect(calls).toHaveLength(3));
  expect(calls.map((call) => call.body.text)).toEqual(["one", "two", "three"]);
});

test("a message is kept until it is confirmed, so that a reload does not lose it", async () => {
  const { talk, store } = conversation(accepted(1));
  talk.say("hello");
  expect(store.outbox).toMatchObject([{ text: "hello" }]);
  await vi.waitFor(() => expect(store.outbox).toEqual([]));
});

test("what an earlier page could not send is sent under its old id", async () => {
  const events = new Response(new ReadableStream());
  const { talk, store, calls } = conversation(events, accepted(1));
  store.keep({ id: "old", text: "still there?" });
  talk.start();
  await vi.waitFor(() => expect(store.outbox).toEqual([]));
  expect(calls.at(-1)?.body).toEqual({ id: "old", text: "still there?" });
  talk.pause();
});

test("a refused message shows the reason and is not kept; a second attempt uses the same id", async () => {
  const { talk, store, calls } = conversation(refusal(422, "empty_text"), accepted(1));
  talk.say("   ");
  await vi.waitFor(() => expect(talk.thread.messages[0]?.status).toBe("failed"));
  expect(talk.thread.messages[0]?.fault).toBe("because empty_text");
  expect(store.outbox).toEqual([]);
  talk.retry(talk.thread.messages[0]!);
  await vi.waitFor(() => expect(talk.thread.messages[0]?.status).toBe("sent"));
  expect(calls[0]?.body.id).toBe(calls[1]?.body.id);
});

test("events of the stream reach thread, page and badge", async () => {
  const body = 'event: cart\ndata: {"count":2,"total":"£9.00"}\n\nid: 4\nevent: message\ndata: {"from":"bot","text":"hi"}\n\n';
  const stream = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(body)) });
  const { talk, told } = conversation(new Response(stream));
  talk.start();
  await vi.waitFor(() => expect(talk.thread.messages).toHaveLength(1));
  expect(told.onCart).toHaveBeenCalledWith({ count: 2, total: "£9.00" });
  expect(told.onBotMessage).toHaveBeenCalledOnce();
  talk.pause();
});

test("a locale without a pack of its own is English", () => {
  expect(stringsFor("en-GB").send).toBe("Send");
  expect(stringsFor("xx").send).toBe("Send");
});

test("a session that goes on in another conversation follows that one from its beginning", async () => {
  const silent = () => new Response(new ReadableStream());
  const renewed = Response.json({ token: "t2", conversation_id: "c2" });
  const { talk, calls } = conversation(silent(), refusal(401, "token_invalid"), renewed, silent(), accepted(9));
  talk.start();
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  talk.say("hello");
  await vi.waitFor(() => expect(calls.filter((call) => call.path.endsWith("/events"))).toHaveLength(2));
  expect(calls.findLast((call) => call.path.endsWith("/events"))?.headers.get("Authorization")).toBe("Bearer t2");
  await vi.waitFor(() => expect(talk.thread.messages[0]?.status).toBe("sent"));
  talk.pause();
});
