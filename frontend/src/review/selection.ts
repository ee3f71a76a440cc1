/** Several items of a list, selected one by one or as a range. */

export class Selection {
  readonly ids: ReadonlySet<string>;

  constructor(
    ids: Iterable<string> = [],
    private readonly last = "",
  ) {
    this.ids = new Set(ids);
  }

  get size(): number {
    return this.ids.size;
  }

  /** Add an item, or take it out. */
  toggled(id: string): Selection {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    return new Selection(ids, id);
  }

  /** Add all between the last item and this one, in the order of the list. */
  extended(id: string, order: readonly string[]): Selection {
    const from = order.indexOf(this.last);
    const to = order.indexOf(id);
    if (from < 0 || to < 0) return this.toggled(id);
    return new Selection([...this.ids, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)], id);
  }

  /** Leave only those that are still listed. */
  within(order: readonly string[]): Selection {
    const listed = new Set(order);
    return new Selection(
      [...this.ids].filter((id) => listed.has(id)),
      this.last,
    );
  }
}
