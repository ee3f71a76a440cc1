/** Recorded pieces: when each was recorded, and where it is in the stream; pure. */

export interface Piece {
  /** Seconds into the stream. */
  offset: number;
  duration: number;
  /** Seconds since 1970. */
  time: number;
}

export interface Span {
  start: number;
  end: number;
}

const HOUR_S = 3600;
const OVERLAP_S = 300;
const TOUCHING_S = 2;

/** The hour around a time, and some minutes more; the same for all times of an hour, so that it is loaded once. */
export function stretchAround(time: number): Span {
  const hour = Math.floor(time / HOUR_S) * HOUR_S;
  return { start: hour - OVERLAP_S, end: hour + HOUR_S + OVERLAP_S };
}

/** Where a time is in the stream; in a gap, where the next piece begins. */
export function offsetOf(pieces: readonly Piece[], time: number): number {
  const next = pieces.find((piece) => time < piece.time + piece.duration);
  if (next) return next.offset + Math.max(0, time - next.time);
  const last = pieces.at(-1);
  return last ? last.offset + last.duration - 0.1 : 0;
}

/** When what is at an offset was recorded. */
export function timeAt(pieces: readonly Piece[], offset: number): number {
  const piece = pieces.findLast((one) => one.offset <= offset + 0.001) ?? pieces[0];
  return piece ? piece.time + Math.min(offset - piece.offset, piece.duration) : 0;
}

/** What is recorded, as few spans as possible. */
export function spansOf(pieces: readonly Piece[]): Span[] {
  const spans: Span[] = [];
  for (const { time, duration } of pieces) {
    const last = spans.at(-1);
    if (last && time - last.end <= TOUCHING_S) last.end = time + duration;
    else spans.push({ start: time, end: time + duration });
  }
  return spans;
}
