import { afterEach, expect, test, vi } from "vitest";
import { EventStream, type StreamEvent } from "../src/stream";

const encoder = new TextEncoder();
const open: EventStream[] = [];

afterEach(() => {
  for (const stream of open.splice(0)) stream.stop();
});

/** A connection that delivers `pieces` and then ends; with `hold` it stays open until it is aborted. */
function connection(pieces: string[], hold = false) {
  return (signal: AbortSignal) =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const piece of pieces) controller.enqueue(encoder.encode(piece));
          if (!hold) controller.close();
          else signal.addEventListener("abort", () => controller.error(new Error("aborted")));
        },
      }),
    );
}

function follow(connections: (((signal: AbortSignal) => Response) | Error)[], silence?: number) {
  const asked: number[] = [];
  const pauses: number[] = [];
  const events: StreamEvent[] = [];
  const states: string[] = [];
  const stream = new EventStream({
    connect: async (after, signal) => {
      asked.push(after);
      const next = connections.shift() ?? connection([], true);
      if (next instanceof Error) throw next;
      return next(signal);
    },
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    wait: async (ms) => void pauses.push(ms),
    ...(silence === undefined ? {} : { silence }),
  });
  open.push(stream);
  stream.start();
  return { stream, asked, pauses, events, states };
}

test("events arrive with number, name and data, whichever way the bytes are cut", async () => {
  const whole = 'id: 3\nevent: message\ndata: {"text":"grün"}\n\nevent: typing\ndata: {"active":true}\n\n: still here\n\n';
  const { events } = follow([connection([whole.slice(0, 20), whole.slice(20, 50), whole.slice(50)], true)]);
  await vi.waitFor(() => expect(events).toHaveLength(2));
  expect(events[0]).toEqual({ id: 3, name: "message", data: { text: "grün" } });
  expect(events[1]).toEqual({ id: null, name: "typing", data: { active: true } });
});

test("a lost connection goes on after the last event that came", async () => {
  const first = connection(['id: 3\nevent: message\ndata: {"n":1}\n\nid: 4\nevent: message\ndata: {"n":2}\n\nid: 5\nev']);
  const second = connection(['id: 5\nevent: message\ndata: {"n":3}\n\n'], true);
  const { asked, events } = follow([first, second]);
  await vi.waitFor(() => expect(events).toHaveLength(3));
  expect(asked).toEqual([0, 4]);
  expect(events.map((event) => event.id)).toEqual([3, 4, 5]);
});

test("failures are repeated after growing pauses, and the loss is told once it lasts", async () => {
  const failures = Array.from({ length: 7 }, () => new Error("refused"));
  const { pauses, states, asked } = follow([...failures, connection([": hello\n\n"], true)]);
  await vi.waitFor(() => expect(asked).toHaveLength(8));
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000]);
  await vi.waitFor(() => expect(states.at(-1)).toBe("open"));
  expect(states.filter((state) => state === "lost")).toHaveLength(6);
});

test("a connection that falls silent is replaced", async () => {
  const { asked } = follow([connection([": hello\n\n"], true)], 30);
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1));
});

test("a stopped stream asks no more, and a started one goes on where it was", async () => {
  const { stream, asked, events } = follow([connection(['id: 9\nevent: message\ndata: {}\n\n'], true)]);
  await vi.waitFor(() => expect(events).toHaveLength(1));
  stream.stop();
  stream.start();
  await vi.waitFor(() => expect(asked).toEqual([0, 9]));
});

test("an event that is no JSON is passed over", async () => {
  const { events } = follow([connection(["event: message\ndata: {\n\nid: 2\nevent: message\ndata: {}\n\n"], true)]);
  await vi.waitFor(() => expect(events.map((event) => event.id)).toEqual([2]));
});
