import { expect, test } from "vitest";
import { History } from "../src/editor/history.js";
import { inserted, moved, type Point, removed, type Shape, snapped, toText, withPoint } from "../src/editor/polygon.js";
import { toYaml } from "../src/editor/yaml.js";

const SQUARE: Point[] = [
  [0.1, 0.1],
  [0.3, 0.1],
  [0.3, 0.3],
  [0.1, 0.3],
];

test("moves, inserts and removes points within the picture", () => {
  expect(withPoint(SQUARE, 1, [2, -1])[1]).toEqual([1, 0]);
  expect(inserted(SQUARE, 3, [0, 0.2]).at(-1)).toEqual([0, 0.2]);
  expect(removed(SQUARE, 0)).toEqual(SQUARE.slice(1));
});

test("keeps three points", () => {
  const triangle = SQUARE.slice(1);
  expect(removed(triangle, 0)).toBe(triangle);
});

test("moves a whole shape only as far as the edge, without changing its form", () => {
  const far = moved(SQUARE, [5, -5]);
  expect(far[1]).toEqual([1, 0]);
  expect((far[1]?.[0] ?? 0) - (far[0]?.[0] ?? 0)).toBeCloseTo(0.2);
});

test.each<[string, Point, Point]>([
  ["a corner within reach", [0.31, 0.11], [0.3, 0.1]],
  ["the edge", [0.995, 0.5], [1, 0.5]],
  ["nothing", [0.5, 0.5], [0.5, 0.5]],
])("snaps to %s", (_, from, to) => {
  expect(snapped(from, SQUARE, 0.02)).toEqual(to);
});

test("undoes and redoes steps, dragging counting as one", () => {
  const steps = new History("a");
  steps.push("b");
  steps.replace("b2");
  steps.push("c");
  steps.undo();
  expect(steps.now).toBe("b2");
  steps.undo();
  expect([steps.now, steps.canUndo]).toEqual(["a", false]);
  steps.redo();
  steps.push("d");
  expect([steps.now, steps.canRedo]).toEqual(["d", false]);
});

test("writes YAML to paste, hostile names quoted", () => {
  const zone: Shape = {
    id: "1",
    kind: "zone",
    points: SQUARE,
    name: "Front: yard\n- x",
    objects: ["person"],
    inertia: 3,
    loitering_time: 0,
    is_required: false,
  };
  expect(toYaml("front", [zone, { ...zone, kind: "motion_mask" }])).toBe(`cameras:
  front:
    zones:
      front_yard_x:
        coordinates: ${toText(SQUARE)}
        friendly_name: "Front: yard\\n- x"
        objects: [person]
        inertia: 3
    motion:
      mask:
        - 0.1,0.1,0.3,0.1,0.3,0.3,0.1,0.3
`);
});
