import { expect, test, vi } from "vitest";
import { ChatApi, Refused } from "../src/api";
import { accepted, memoryStore, refusal, server, session } from "./support";

const message = { id: "m1", text: "hello" };

function client(answers: (Response | Error)[], token = "") {
  const store = memoryStore();
  if (token) store.rememberSession(token, "c1");
  const { calls, fetch } = server(...answers);
  const pauses: number[] = [];
  const onNewConversation = vi.fn();
  const wait = async (ms: number) => void pauses.push(ms);
  const api = new ChatApi({ base: "/api/chat", locale: "en-GB", store, fetch, wait, onNewConversation });
  return { api, calls, store, pauses, onNewConversation };
}

test("the first message begins a session", async () => {
  const { api, calls, store } = client([session(), accepted()]);
  expect(await api.send(message)).toMatchObject({ event_id: 7, duplicate: false });
  expect(calls.map((call) => call.path)).toEqual(["/api/chat/session", "/api/chat/messages"]);
  expect(calls[1]?.headers.get("Authorization")).toBe("Bearer t1");
  expect(store.token).toBe("t1");
});

test("a message that the network swallowed is sent again under the same id", async () => {
  const { api, calls, pauses } = client([new TypeError("network"), new TypeError("network"), accepted(7, true)], "t1");
  expect(await api.send(message)).toMatchObject({ duplicate: true });
  expect(calls.map((call) => call.body.id)).toEqual(["m1", "m1", "m1"]);
  expect(pauses).toEqual([500, 1000]);
});

test("after five attempts it gives up", async () => {
  const { api, calls } = client(Array.from({ length: 5 }, () => new TypeError("network")), "t1");
  await expect(api.send(message)).rejects.toThrow("network");
  expect(calls).toHaveLength(5);
});

test("a server that asks for patience gets it", async () => {
  const { api, pauses } = client([refusal(429, "too_many_requests", { "Retry-After": "3" }), accepted()], "t1");
  await api.send(message);
  expect(pauses).toEqual([3000]);
});

test("what the server refuses is not repeated, and its reason is kept", async () => {
  const { api, calls } = client([refusal(409, "choice_expired")], "t1");
  const fault = await api.send({ id: "m1", text: "Yes", choice: "4-0" }).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(Refused);
  expect(fault).toMatchObject({ status: 409, code: "choice_expired", message: "because choice_expired" });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.body).toEqual({ id: "m1", choice: "4-0" });
});

test("a session that ran out is renewed with its old token, and the message keeps its id", async () => {
  const { api, calls, onNewConversation } = client([refusal(401, "token_expired"), session("t2"), accepted()], "t1");
  await api.send(message);
  expect(calls.map((call) => call.path.split("/").pop())).toEqual(["messages", "session", "messages"]);
  expect(calls[1]?.headers.get("Authorization")).toBe("Bearer t1");
  expect(calls[2]?.headers.get("Authorization")).toBe("Bearer t2");
  expect(calls[2]?.body.id).toBe("m1");
  expect(onNewConversation).not.toHaveBeenCalled();
});

test("a renewal that begins another conversation says so", async () => {
  const { api, onNewConversation } = client([refusal(401, "conversation_gone"), session("t2", "c2"), accepted()], "t1");
  await api.send(message);
  expect(onNewConversation).toHaveBeenCalledOnce();
});

test("two requests at once begin one session", async () => {
  const { api, calls } = client([session(), accepted(), accepted()]);
  await Promise.all([api.send(message), api.send({ id: "m2", text: "again" })]);
  expect(calls.filter((call) => call.path.endsWith("/session"))).toHaveLength(1);
});

test("a page event that fails disturbs nobody", async () => {
  const { api } = client([refusal(404, "unknown_product")], "t1");
  await expect(api.page("NO-SUCH")).resolves.toBeUndefined();
});
