/** Review items of all systems that match a filter, kept up to date. */

import type { App } from "../app.js";
import type { ReviewFilter, ReviewItem, ReviewMessage } from "../api.js";

/** A review item, and the system that it belongs to. */
export interface Item extends ReviewItem {
  entry_id: string;
}

export interface Filter extends ReviewFilter {
  /** Cameras by their name in addresses; all if empty. */
  slugs?: string[];
}

const PAGE = 60;
const IDS_AT_ONCE = 1000;

export class ReviewFeed {
  items: Item[] = [];
  isLoading = false;
  hasMore = false;
  private leave: (() => void)[] = [];
  private run = 0;

  constructor(
    private readonly app: App,
    private readonly onChange: () => void,
    private filter: Filter = {},
  ) {}

  /** Load the newest items, then follow changes until `close`. */
  async open(filter: Filter = this.filter): Promise<void> {
    this.close();
    this.filter = filter;
    this.items = [];
    const run = this.run;
    await this.load(run);
    for (const { entry_id } of this.app.systems) {
      const leave = await this.app.api.subscribeReviews(entry_id, (message) => this.receive(entry_id, message));
      if (run === this.run) this.leave.push(leave);
      else leave();
    }
  }

  close(): void {
    this.run += 1;
    for (const leave of this.leave.splice(0)) leave();
  }

  async loadMore(): Promise<void> {
    if (this.isLoading || !this.hasMore) return;
    await this.load(this.run, this.items.at(-1)?.start_time);
  }

  /** Mark items; they change at once, and back if that fails. */
  async mark(items: readonly Item[], viewed: boolean): Promise<void> {
    this.note(new Set(items.map(({ id }) => id)), viewed);
    try {
      for (const { entry_id } of this.app.systems) {
        const ids = items.filter((item) => item.entry_id === entry_id).map(({ id }) => id);
        for (let first = 0; first < ids.length; first += IDS_AT_ONCE)
          await this.app.api.markReviewed(entry_id, ids.slice(first, first + IDS_AT_ONCE), viewed);
      }
    } catch (error) {
      this.note(new Set(items.map(({ id }) => id)), !viewed);
      throw error;
    }
  }

  private note(ids: ReadonlySet<string>, viewed: boolean): void {
    this.items = this.items.map((item) => (ids.has(item.id) ? { ...item, has_been_reviewed: viewed } : item));
    this.onChange();
  }

  private async load(run: number, before?: number): Promise<void> {
    this.isLoading = true;
    this.onChange();
    const limit = this.filter.limit ?? PAGE;
    try {
      const lists = await Promise.all(this.app.systems.map((system) => this.of(system.entry_id, limit, before)));
      if (run !== this.run) return;
      const known = new Set(this.items.map(({ id }) => id));
      const found = lists.flat().filter(({ id }) => !known.has(id));
      this.items = [...this.items, ...newestFirst(found).slice(0, limit)];
      this.hasMore = this.filter.limit === undefined && lists.some((list) => list.length >= limit) && found.length > 0;
    } finally {
      if (run === this.run) {
        this.isLoading = false;
        this.onChange();
      }
    }
  }

  private async of(entryId: string, limit: number, before?: number): Promise<Item[]> {
    const { slugs = [], ...filter } = this.filter;
    const cameras = slugs
      .map((slug) => this.app.bySlug(slug))
      .filter((camera) => camera?.entry_id === entryId)
      .map((camera) => camera?.name ?? "");
    if (slugs.length && !cameras.length) return [];
    const wanted = { ...filter, cameras, limit, ...(before === undefined ? {} : { before }) };
    return (await this.app.api.reviews(entryId, wanted)).map((item) => ({ ...item, entry_id: entryId }));
  }

  private receive(entryId: string, message: ReviewMessage): void {
    const { after } = message.payload;
    const old = this.items.find(({ id }) => id === after.id);
    const item: Item = { ...after, entry_id: entryId, has_been_reviewed: old?.has_been_reviewed ?? false };
    const others = this.items.filter(({ id }) => id !== after.id);
    if (!matches(item, this.filter, this.app)) this.items = others;
    else this.items = newestFirst([...others, item]).slice(0, this.filter.limit);
    this.onChange();
  }
}

/** Whether an item is one that the filter selects. */
export function matches(item: Item, filter: Filter, app: App): boolean {
  const slug = app.camera(item.entry_id, item.camera)?.slug ?? "";
  return (
    (filter.severity === undefined || filter.severity === item.severity) &&
    (filter.reviewed === undefined || filter.reviewed === item.has_been_reviewed) &&
    (!filter.slugs?.length || filter.slugs.includes(slug)) &&
    hasAny(filter.labels, item.data.objects) &&
    hasAny(filter.zones, item.data.zones) &&
    (filter.before === undefined || item.start_time < filter.before) &&
    (filter.after === undefined || (item.end_time ?? Infinity) > filter.after)
  );
}

function hasAny(wanted: readonly string[] | undefined, found: readonly string[]): boolean {
  return !wanted?.length || wanted.some((one) => found.includes(one));
}

function newestFirst(items: Item[]): Item[] {
  return items.toSorted((one, other) => other.start_time - one.start_time);
}
