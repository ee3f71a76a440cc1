/** What happens at a camera, from its entities; pure, so that it can be tested without a browser. */

import type { CameraInfo } from "../api.js";
import { isOn, type Hass } from "../ha.js";

export interface Activity {
  hasMotion: boolean;
  labels: string[];
  /** Why there is no picture; empty if there is one. */
  problem: string;
  isOffline: boolean;
  isDetecting: boolean;
}

export function activityOf(hass: Hass, camera: CameraInfo): Activity {
  const connectivity = hass.states[camera.entities["connectivity"] ?? ""];
  const isOffline = connectivity?.state === "off";
  const error = connectivity?.attributes["last_error"];
  return {
    hasMotion: isOn(hass, camera.entities["motion"]),
    labels: camera.labels.filter((label) => isOn(hass, camera.entities[`occupancy/${label}`])),
    problem: isOffline && typeof error === "string" ? error : "",
    isOffline,
    isDetecting: camera.entities["detect"] === undefined || isOn(hass, camera.entities["detect"]),
  };
}

export function isActive({ hasMotion, labels, isOffline }: Activity): boolean {
  return !isOffline && (hasMotion || labels.length > 0);
}

const STICKY_MS = 30_000;

/**
 * Remembers when cameras were last active: a tile that has come to the front stays there for a while, or tiles would
 * change places all the time.
 */
export class ActivityOrder {
  private readonly last = new Map<string, { since: number; until: number }>();

  note(id: string, active: boolean, now: number): void {
    if (!active) return;
    const known = this.last.get(id);
    if (known && known.until >= now) known.until = now + STICKY_MS;
    else this.last.set(id, { since: now, until: now + STICKY_MS });
  }

  /** Whether a camera is, or was a moment ago, active. */
  isRecent(id: string, now: number): boolean {
    return (this.last.get(id)?.until ?? -Infinity) >= now;
  }

  /** The active ones first, each group in its given order. */
  sorted<T>(items: readonly T[], id: (item: T) => string, now: number): T[] {
    const front = items.filter((item) => this.isRecent(id(item), now));
    return [...front, ...items.filter((item) => !this.isRecent(id(item), now))];
  }
}
