import { expect, test } from "vitest";
import type { CameraInfo } from "../src/api.js";
import type { Hass } from "../src/ha.js";
import { ActivityOrder, activityOf, isActive } from "../src/live/activity.js";

const camera = {
  labels: ["person", "car"],
  entities: {
    motion: "binary_sensor.motion",
    connectivity: "binary_sensor.connected",
    detect: "switch.detect",
    "occupancy/person": "binary_sensor.person",
  },
} as unknown as CameraInfo;

function home(states: Record<string, string>, error = ""): Hass {
  const entities = Object.entries(states).map(([id, state]) => [id, { state, attributes: { last_error: error } }]);
  return { states: Object.fromEntries(entities) as unknown } as Hass;
}

test("reads activity from entities", () => {
  const seen = activityOf(
    home({ "binary_sensor.motion": "on", "binary_sensor.person": "on", "switch.detect": "on", "binary_sensor.connected": "on" }),
    camera,
  );
  expect(seen).toEqual({ hasMotion: true, labels: ["person"], problem: "", isOffline: false, isDetecting: true });
  expect(isActive(seen)).toBe(true);
});

test("says why a camera is offline, and does not count its old motion", () => {
  const seen = activityOf(home({ "binary_sensor.connected": "off", "binary_sensor.motion": "on" }, "refused"), camera);
  expect(seen.problem).toBe("refused");
  expect(isActive(seen)).toBe(false);
});

test("keeps an active camera in front for a while", () => {
  const order = new ActivityOrder();
  const sorted = (now: number): string[] => order.sorted(["a", "b", "c"], (one) => one, now);
  order.note("c", true, 0);
  expect(sorted(1000)).toEqual(["c", "a", "b"]);
  order.note("c", false, 20_000);
  expect(sorted(29_000)).toEqual(["c", "a", "b"]);
  expect(sorted(31_000)).toEqual(["a", "b", "c"]);
});
