/** Times and names in words. */

import type { Hass } from "./ha.js";

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** "5 minutes ago" in the user's language. */
export function relativeTime(language: string, time: number, now: number): string {
  const past = Math.max(0, now - time);
  const [unit, seconds] = UNITS.find(([, size]) => past >= size) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" }).format(
    -Math.floor(past / seconds),
    unit,
  );
}

/** The time zone that the user has chosen in the profile. */
export function timeZone(hass: Hass): string | undefined {
  return hass.locale.time_zone === "server" ? hass.config.time_zone : undefined;
}

function clock(hass: Hass): Intl.DateTimeFormatOptions {
  const hour12 = { "12": true, "24": false }[hass.locale.time_format];
  return { timeZone: timeZone(hass), ...(hour12 === undefined ? {} : { hour12 }) };
}

export function clockTime(hass: Hass, time: number, withSeconds = false): string {
  return new Intl.DateTimeFormat(hass.locale.language, {
    hour: "numeric",
    minute: "2-digit",
    ...(withSeconds ? { second: "2-digit" } : {}),
    ...clock(hass),
  }).format(time * 1000);
}

/** "Today", "Yesterday" or a date. */
export function dayName(hass: Hass, time: number, now: number): string {
  const ago = Math.round((Date.parse(dayKey(hass, now)) - Date.parse(dayKey(hass, time))) / 86_400_000);
  const language = hass.locale.language;
  if (ago === 0 || ago === 1) {
    const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-ago, "day");
    return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
  }
  return new Intl.DateTimeFormat(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: timeZone(hass),
  }).format(time * 1000);
}

/** The local day as YYYY-MM-DD. */
export function dayKey(hass: Hass, time: number): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: timeZone(hass) }).format(time * 1000);
}

export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, place) => (place ? String(part).padStart(2, "0") : String(part))).join(":");
}

/** A label or zone as a title: `front_door` becomes "Front door". */
export function title(name: string): string {
  const words = name.replaceAll("_", " ").trim() || name;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
