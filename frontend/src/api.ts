/** The integration's WebSocket commands, typed. */

import type { Hass } from "./ha.js";

export type Feature = "detect" | "clips" | "snapshots" | "review_alerts" | "review_detections";
export type Severity = "alert" | "detection";

export interface CameraInfo {
  name: string;
  title: string;
  entry_id: string;
  entity_id: string;
  /** The end of the entity's ID, which names the camera in addresses. */
  slug: string;
  width: number | null;
  height: number | null;
  labels: string[];
  zones: { name: string; title: string }[];
  is_recorded: boolean;
  /** By feature or sensor: `detect`, `motion`, `connectivity`, `occupancy/person`, ... */
  entities: Record<string, string | undefined>;
}

export interface SystemInfo {
  entry_id: string;
  title: string;
  /** Whether its cameras come from forms, so that the editor can save them. */
  is_editable: boolean;
  cameras: Omit<CameraInfo, "entry_id" | "slug">[];
}

export interface ReviewItem {
  id: string;
  camera: string;
  start_time: number;
  end_time: number | null;
  severity: Severity;
  has_been_reviewed: boolean;
  data: { detections: string[]; objects: string[]; sub_labels: string[]; zones: string[] };
}

export interface ReviewFilter {
  cameras?: string[];
  labels?: string[];
  zones?: string[];
  severity?: Severity;
  reviewed?: boolean;
  after?: number;
  before?: number;
  limit?: number;
}

export interface ReviewMessage {
  topic: string;
  payload: { type: "new" | "update" | "end"; after: Omit<ReviewItem, "has_been_reviewed"> };
}

export interface EventItem {
  id: string;
  camera: string;
  label: string;
  sub_label?: string | null;
  zones: string[];
  start_time: number;
  end_time: number | null;
  top_score: number;
  has_clip: boolean;
  has_snapshot: boolean;
  retain_indefinitely?: boolean;
}

export interface EventFilter {
  cameras?: string[];
  labels?: string[];
  zones?: string[];
  after?: number;
  before?: number;
  has_clip?: boolean;
  has_snapshot?: boolean;
  retained?: boolean;
  limit?: number;
}

const DOMAIN = "frigate_native";

export class Api {
  constructor(private readonly hass: () => Hass) {}

  systems(): Promise<{ systems: SystemInfo[] }> {
    return this.call("panel/systems");
  }

  reviews(entryId: string, filter: ReviewFilter): Promise<ReviewItem[]> {
    return this.call("reviews/get", { entry_id: entryId, ...filled(filter) });
  }

  review(entryId: string, id: string): Promise<ReviewItem> {
    return this.call("review/get", { entry_id: entryId, id });
  }

  markReviewed(entryId: string, ids: string[], viewed: boolean): Promise<unknown> {
    return this.call("reviews/viewed", { entry_id: entryId, ids, viewed });
  }

  subscribeReviews(entryId: string, listener: (message: ReviewMessage) => void): Promise<() => void> {
    return this.hass().connection.subscribeMessage(listener, {
      type: `${DOMAIN}/reviews/subscribe`,
      entry_id: entryId,
    });
  }

  events(entryId: string, filter: EventFilter): Promise<EventItem[]> {
    return this.call("events/get", { entry_id: entryId, ...filled(filter) });
  }

  event(entryId: string, id: string): Promise<EventItem & { thumbnail?: string }> {
    return this.call("event/get", { entry_id: entryId, event_id: id });
  }

  retain(entryId: string, id: string, retain: boolean): Promise<unknown> {
    return this.call("event/retain", { entry_id: entryId, event_id: id, retain });
  }

  deleteEvent(entryId: string, id: string): Promise<unknown> {
    return this.call("event/delete", { entry_id: entryId, event_id: id });
  }

  call<T>(command: string, values: Record<string, unknown> = {}): Promise<T> {
    return this.hass().callWS<T>({ type: `${DOMAIN}/${command}`, ...values });
  }
}

/** Leave out what does not filter. */
function filled(filter: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
