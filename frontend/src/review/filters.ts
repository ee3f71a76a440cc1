/** The filters of the review list, kept in the address. */

import type { Severity } from "../api.js";
import { names } from "../route.js";
import type { Filter } from "./feed.js";

export type Tab = Severity | "all";

export interface Choice {
  tab: Tab;
  cameras: string[];
  labels: string[];
  zones: string[];
  showReviewed: boolean;
  /** A day as YYYY-MM-DD; empty: until now. */
  day: string;
}

export function readChoice(query: URLSearchParams): Choice {
  const tab = query.get("show");
  return {
    tab: tab === "detection" || tab === "all" ? tab : "alert",
    cameras: names(query, "cameras"),
    labels: names(query, "labels"),
    zones: names(query, "zones"),
    showReviewed: query.get("reviewed") === "1",
    day: /^\d{4}-\d\d-\d\d$/.test(query.get("day") ?? "") ? (query.get("day") ?? "") : "",
  };
}

/** The parameters of a choice; those at their default are left out. */
export function writeChoice(choice: Choice): Record<string, string> {
  return {
    show: choice.tab === "alert" ? "" : choice.tab,
    cameras: choice.cameras.join(","),
    labels: choice.labels.join(","),
    zones: choice.zones.join(","),
    reviewed: choice.showReviewed ? "1" : "",
    day: choice.day,
  };
}

/** What to ask the server for; the day is one of the local time zone. */
export function filterOf(choice: Choice): Filter {
  const start = choice.day ? new Date(`${choice.day}T00:00:00`).getTime() / 1000 : undefined;
  return {
    slugs: choice.cameras,
    labels: choice.labels,
    zones: choice.zones,
    ...(choice.tab === "all" ? {} : { severity: choice.tab }),
    ...(choice.showReviewed ? {} : { reviewed: false }),
    ...(start === undefined ? {} : { after: start, before: start + 86_400 }),
  };
}
