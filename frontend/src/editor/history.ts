/** Steps to undo and redo; pure. */

const MOST = 200;

export class History<T> {
  private past: T[] = [];
  private future: T[] = [];

  constructor(public now: T) {}

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Note a new state as a step of its own. */
  push(next: T): void {
    this.past = [...this.past, this.now].slice(-MOST);
    this.now = next;
    this.future = [];
  }

  /** Change the newest state without a step, as while a point is dragged. */
  replace(next: T): void {
    this.now = next;
  }

  undo(): void {
    const last = this.past.pop();
    if (last === undefined) return;
    this.future.push(this.now);
    this.now = last;
  }

  redo(): void {
    const next = this.future.pop();
    if (next === undefined) return;
    this.past.push(this.now);
    this.now = next;
  }
}
