import { expect, test } from "vitest";
import { dayName, duration, relativeTime, title } from "../src/format.js";
import type { Hass } from "../src/ha.js";
import { localizer } from "../src/localize.js";

const hass = {
  locale: { language: "en", time_format: "24", time_zone: "server" },
  config: { time_zone: "Europe/Berlin" },
} as Hass;

test("fills values into texts, and falls back to English", () => {
  expect(localizer()("live.switches", { camera: "<img>" })).toBe("Switches of <img>");
  expect(localizer({ "live.title": "Kameras" })("live.title")).toBe("Kameras");
  expect(localizer({ "live.title": "Kameras" })("nav.live")).toBe("Live");
});

test("writes times as people say them", () => {
  expect(relativeTime("en", 1000, 1000 + 125)).toBe("2 min. ago");
  expect(duration(65.4)).toBe("1:05");
  expect(duration(3661)).toBe("1:01:01");
});

test("names days of Home Assistant's time zone", () => {
  const beforeMidnightUtc = Date.UTC(2026, 10, 27, 23, 30) / 1000; // 00:30 on the 28th in Berlin
  expect(dayName(hass, beforeMidnightUtc, Date.UTC(2026, 10, 28, 12) / 1000)).toBe("Today");
  expect(dayName(hass, beforeMidnightUtc, Date.UTC(2026, 10, 29, 12) / 1000)).toBe("Yesterday");
});

test("makes titles of names", () => {
  expect(title("front_door")).toBe("Front door");
  expect(title("_")).toBe("_");
});
