/** Shapes of the editor: corners as fractions of the picture; pure. */

export type Point = readonly [x: number, y: number];
export type Kind = "zone" | "motion_mask" | "object_mask";

export interface Shape {
  id: string;
  kind: Kind;
  points: readonly Point[];
  /** The rest is of zones. */
  name: string;
  objects: readonly string[];
  inertia: number;
  loitering_time: number;
  is_required: boolean;
}

export const LEAST_POINTS = 3;

export function clamped([x, y]: Point): Point {
  return [Math.min(Math.max(x, 0), 1), Math.min(Math.max(y, 0), 1)];
}

export function withPoint(points: readonly Point[], index: number, point: Point): Point[] {
  return points.map((old, place) => (place === index ? clamped(point) : old));
}

/** Insert a point behind the one at an index. */
export function inserted(points: readonly Point[], index: number, point: Point): Point[] {
  return points.toSpliced(index + 1, 0, clamped(point));
}

/** Remove a point, unless too few would be left. */
export function removed(points: readonly Point[], index: number): readonly Point[] {
  return points.length > LEAST_POINTS ? points.toSpliced(index, 1) : points;
}

/** Move a whole shape, as far as it stays in the picture. */
export function moved(points: readonly Point[], [dx, dy]: Point): Point[] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const right = Math.min(Math.max(dx, -Math.min(...xs)), 1 - Math.max(...xs));
  const down = Math.min(Math.max(dy, -Math.min(...ys)), 1 - Math.max(...ys));
  return points.map(([x, y]) => [x + right, y + down]);
}

export function middle([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2];
}

/** Move a point onto a corner of another shape, or onto the edge of the picture, if it is within reach. */
export function snapped(point: Point, corners: readonly Point[], reach: number): Point {
  const near = corners
    .map((corner) => ({ corner, far: Math.hypot(corner[0] - point[0], corner[1] - point[1]) }))
    .filter(({ far }) => far < reach)
    .toSorted((one, other) => one.far - other.far)[0];
  if (near) return near.corner;
  const edge = (value: number): number => (value < reach ? 0 : value > 1 - reach ? 1 : value);
  return [edge(point[0]), edge(point[1])];
}

/** Where the name of a shape goes: the middle of its corners. */
export function center(points: readonly Point[]): Point {
  const sum = points.reduce<Point>(([sx, sy], [x, y]) => [sx + x, sy + y], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/** The corners as a configuration has them. */
export function toText(points: readonly Point[]): string {
  return points.flatMap((point) => point.map((number) => String(Number(number.toFixed(4))))).join(",");
}
