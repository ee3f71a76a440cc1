/** Zones and masks as a configuration file has them, to paste; pure. */

import { type Kind, type Shape, toText } from "./polygon.js";

/** Names that need no quotes. */
const PLAIN = /^[a-z][a-z0-9_]*$/;

export function toYaml(camera: string, shapes: readonly Shape[]): string {
  const zones = shapes.filter(({ kind }) => kind === "zone");
  return [
    "cameras:",
    `  ${quoted(camera)}:`,
    ...(zones.length ? ["    zones:", ...zones.flatMap(zoneLines)] : []),
    ...maskLines("motion", shapes, "motion_mask"),
    ...maskLines("objects", shapes, "object_mask"),
    "",
  ].join("\n");
}

function zoneLines(zone: Shape): string[] {
  const lines = [`      ${quoted(zoneName(zone.name))}:`, `        coordinates: ${toText(zone.points)}`];
  if (zoneName(zone.name) !== zone.name) lines.push(`        friendly_name: ${JSON.stringify(zone.name)}`);
  if (zone.objects.length) lines.push(`        objects: [${zone.objects.map(quoted).join(", ")}]`);
  if (zone.inertia > 1) lines.push(`        inertia: ${zone.inertia}`);
  if (zone.loitering_time) lines.push(`        loitering_time: ${zone.loitering_time}`);
  return lines;
}

function maskLines(section: string, shapes: readonly Shape[], wanted: Kind): string[] {
  const masks = shapes.filter(({ kind }) => kind === wanted);
  if (!masks.length) return [];
  return [`    ${section}:`, "      mask:", ...masks.map(({ points }) => `        - ${toText(points)}`)];
}

/** A name that topics and files can hold. */
export function zoneName(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "") || title;
}

function quoted(name: string): string {
  return PLAIN.test(name) ? name : JSON.stringify(name);
}
