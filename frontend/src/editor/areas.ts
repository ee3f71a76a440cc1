/** Loads and saves zones and masks by WebSocket. */

import type { Api, CameraInfo } from "../api.js";
import type { Kind, Point, Shape } from "./polygon.js";

interface Zone {
  name: string;
  points: Point[];
  objects: string[];
  inertia: number;
  loitering_time: number;
  is_required: boolean;
}

interface Areas {
  zones: Zone[];
  motion_masks: Point[][];
  object_masks: Point[][];
}

const NO_RULES = { name: "", objects: [], inertia: 1, loitering_time: 0, is_required: false };

export async function loadShapes(api: Api, camera: CameraInfo): Promise<Shape[]> {
  const areas = await api.call<Areas>("panel/areas/get", { entry_id: camera.entry_id, camera: camera.name });
  const masks = (kind: Kind, all: Point[][]): Shape[] =>
    all.map((points, index) => ({ ...NO_RULES, id: `${kind}${index}`, kind, points }));
  return [
    ...areas.zones.map((zone, index): Shape => ({ ...zone, id: `zone${index}`, kind: "zone" })),
    ...masks("motion_mask", areas.motion_masks),
    ...masks("object_mask", areas.object_masks),
  ];
}

export async function saveShapes(api: Api, camera: CameraInfo, shapes: readonly Shape[]): Promise<void> {
  const masks = (kind: Kind): (readonly Point[])[] =>
    shapes.filter((shape) => shape.kind === kind).map(({ points }) => points);
  await api.call("panel/areas/save", {
    entry_id: camera.entry_id,
    camera: camera.name,
    zones: shapes
      .filter(({ kind }) => kind === "zone")
      .map(({ name, points, objects, inertia, loitering_time, is_required }) => ({
        name,
        points,
        objects,
        inertia,
        loitering_time,
        is_required,
      })),
    motion_masks: masks("motion_mask"),
    object_masks: masks("object_mask"),
  });
}
