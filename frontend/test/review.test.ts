import { expect, test } from "vitest";
import { filterOf, readChoice, writeChoice } from "../src/review/filters.js";
import { offsetOf, spansOf, stretchAround, timeAt, type Piece } from "../src/review/pieces.js";
import { ticks, zoomed } from "../src/review/scale.js";
import { Selection } from "../src/review/selection.js";

const PIECES: Piece[] = [
  { offset: 0, duration: 60, time: 1000 },
  { offset: 60, duration: 60, time: 1060 },
  { offset: 120, duration: 30, time: 2000 },
];

test.each([
  ["inside a piece", 1090, 90],
  ["in a gap: where the next piece begins", 1500, 120],
  ["before everything", 0, 0],
  ["after everything: the last picture", 9000, 149.9],
])("finds a time %s", (_, time, offset) => {
  expect(offsetOf(PIECES, time)).toBeCloseTo(offset);
});

test("says when something was recorded, also across a gap", () => {
  expect([0, 75, 120, 140].map((offset) => timeAt(PIECES, offset))).toEqual([1000, 1075, 2000, 2020]);
  expect(timeAt([], 5)).toBe(0);
});

test("joins pieces that touch", () => {
  expect(spansOf(PIECES)).toEqual([
    { start: 1000, end: 1120 },
    { start: 2000, end: 2030 },
  ]);
});

test("loads the same stretch for all times of an hour", () => {
  expect(stretchAround(7201)).toEqual(stretchAround(10_799));
  expect(stretchAround(10_800).start).toBeLessThan(10_800);
});

test("has ticks at round times of the local clock", () => {
  const found = ticks(36_000, 600, 8, 1800);
  expect(found.map(({ time }) => (time + 1800) % 300)).toEqual(found.map(() => 0));
  expect(found.length).toBeLessThanOrEqual(8);
});

test("zooms between limits", () => {
  expect(zoomed(600, -1)).toBe(120);
  expect(zoomed(120, -1)).toBe(120);
  expect(zoomed(24 * 3600, 1)).toBe(24 * 3600);
});

test("keeps a choice in the address", () => {
  const choice = { tab: "all", cameras: ["a", "b"], labels: ["car"], zones: [], showReviewed: true, day: "2026-11-28" } as const;
  const written = new URLSearchParams(writeChoice({ ...choice, cameras: ["a", "b"], labels: ["car"], zones: [] }));
  expect(readChoice(written)).toEqual(choice);
  expect(readChoice(new URLSearchParams("show=x&day=tomorrow"))).toMatchObject({ tab: "alert", day: "" });
});

test("asks for what is chosen", () => {
  const filter = filterOf(readChoice(new URLSearchParams("day=2026-11-28&labels=car")));
  expect(filter).toMatchObject({ severity: "alert", reviewed: false, labels: ["car"] });
  expect((filter.before ?? 0) - (filter.after ?? 0)).toBe(86_400);
});

test("selects one by one, as a range, and forgets what has gone", () => {
  const order = ["a", "b", "c", "d"];
  const range = new Selection().toggled("b").extended("d", order);
  expect([...range.ids]).toEqual(["b", "c", "d"]);
  expect([...range.toggled("c").ids]).toEqual(["b", "d"]);
  expect([...range.within(["d"]).ids]).toEqual(["d"]);
});
