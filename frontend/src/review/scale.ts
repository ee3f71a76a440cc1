/** Ticks and zoom of a time line; pure. */

export const ZOOMS_S = [120, 600, 1800, 3600, 6 * 3600, 24 * 3600] as const;
const STEPS_S = [10, 30, 60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600];
const MOST_TICKS = 8;

export interface Tick {
  time: number;
  /** 0 to 1 from the start of the line. */
  place: number;
}

/** Round times within the line, few enough for their words; utcOffsetS aligns them to the local clock. */
export function ticks(center: number, span: number, most = MOST_TICKS, utcOffsetS = 0): Tick[] {
  const step = STEPS_S.find((one) => span / one <= most) ?? 6 * 3600;
  const start = center - span / 2;
  const first = Math.ceil((start + utcOffsetS) / step) * step - utcOffsetS;
  const found: Tick[] = [];
  for (let time = first; time <= start + span; time += step) found.push({ time, place: (time - start) / span });
  return found;
}

/** The next zoom: closer for -1, wider for 1. */
export function zoomed(span: number, direction: -1 | 1): number {
  const at = ZOOMS_S.findIndex((one) => one >= span);
  const next = Math.min(Math.max((at < 0 ? ZOOMS_S.length - 1 : at) + direction, 0), ZOOMS_S.length - 1);
  return ZOOMS_S[next] ?? span;
}
