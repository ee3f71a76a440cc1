/** What happened since the last look: alerts and detections, to watch and to mark as reviewed. */

import { mdiCheckAll, mdiCheckCircleOutline, mdiClose, mdiUndo } from "@mdi/js";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { App } from "../app.js";
import { dayKey, dayName } from "../format.js";
import { messageOf, type Hass } from "../ha.js";
import { icon } from "../icon.js";
import { navigate } from "../route.js";
import { shared } from "../style.js";
import { ReviewFeed, type Item } from "./feed.js";
import "./filter-bar.js";
import { type Choice, filterOf, readChoice, writeChoice } from "./filters.js";
import "./review-card.js";
import { Selection } from "./selection.js";

const UNDO_MS = 8000;

@customElement("fn-review-page")
export class ReviewPage extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @property({ attribute: false }) query!: URLSearchParams;
  /** The item that is played; empty: the list. */
  @property() item = "";
  @state() private selection = new Selection();
  @state() private undone?: Item[];
  @state() private problem = "";
  private feed?: ReviewFeed;
  private asked?: string;
  private timer = 0;
  private readonly end = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void this.feed?.loadMore();
    },
    { rootMargin: "1200px" },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.press);
  }

  override disconnectedCallback(): void {
    window.removeEventListener("keydown", this.press);
    window.clearTimeout(this.timer);
    this.feed?.close();
    this.asked = undefined;
    this.end.disconnect();
    super.disconnectedCallback();
  }

  protected override willUpdate(): void {
    const choice = readChoice(this.query);
    const asked = JSON.stringify(choice);
    if (this.asked === asked) return;
    this.asked = asked;
    this.selection = new Selection();
    this.feed ??= new ReviewFeed(this.app, () => this.requestUpdate());
    this.problem = "";
    this.feed.open(filterOf(choice)).catch((error: unknown) => (this.problem = messageOf(error)));
  }

  protected override updated(): void {
    if (this.item) void import("./player-page.js");
    const end = this.renderRoot.querySelector("#end");
    this.end.disconnect();
    if (end) this.end.observe(end);
  }

  protected override render(): TemplateResult {
    if (this.item)
      return html`<fn-player-page
        .app=${this.app}
        .hass=${this.hass}
        .item=${this.item}
        .neighbours=${this.feed?.items ?? []}
        .query=${this.query}
        @viewed=${(event: CustomEvent<Item>) => void this.feed?.mark([event.detail], true)}
      ></fn-player-page>`;
    const choice = readChoice(this.query);
    return html`
      <fn-filter-bar .app=${this.app} .choice=${choice} @choose=${this.choose}></fn-filter-bar>
      ${this.renderActions()}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${this.listed.length ? this.renderDays() : this.renderEmpty()}
      <div id="end"></div>
      <div class="toast" role="status">${this.renderUndo()}</div>
    `;
  }

  private get listed(): Item[] {
    const { showReviewed } = readChoice(this.query);
    return (this.feed?.items ?? []).filter((item) => showReviewed || !item.has_been_reviewed);
  }

  private renderActions(): TemplateResult {
    const { text } = this.app;
    const count = this.selection.size;
    if (!count)
      return html`<div class="actions">
        <span class="quiet">${this.feed?.isLoading ? text("loading") : text("review.count", { count: this.listed.length })}</span>
        <button class="button" ?disabled=${!this.unseen.length} @click=${() => void this.mark(this.unseen)}>
          ${icon(mdiCheckAll)}${text("alerts.mark_all")}
        </button>
      </div>`;
    return html`<div class="actions selecting">
      <button class="round" aria-label=${text("review.clear")} @click=${() => (this.selection = new Selection())}>
        ${icon(mdiClose)}
      </button>
      <strong>${text("review.selected", { count })}</strong>
      <button class="button filled" @click=${() => void this.mark(this.selected)}>
        ${icon(mdiCheckAll)}${text("alerts.mark")}
      </button>
    </div>`;
  }

  private renderDays(): TemplateResult {
    const days = Map.groupBy(this.listed, (item) => dayKey(this.hass, item.start_time));
    const query = writeChoice(readChoice(this.query));
    return html`${repeat(
      days,
      ([day]) => day,
      ([, items]) =>
        html`<section>
          <h2 class="small">${dayName(this.hass, items[0]?.start_time ?? 0, Date.now() / 1000)}</h2>
          <div class="grid">
            ${repeat(
              items,
              ({ id }) => id,
              (item) => this.renderCard(item, this.app.href("review", item.id, query)),
            )}
          </div>
        </section>`,
    )}`;
  }

  private renderCard(item: Item, href: string): TemplateResult {
    return html`<fn-review-card
      can-mark
      .app=${this.app}
      .hass=${this.hass}
      .item=${item}
      .href=${href}
      .selected=${this.selection.ids.has(item.id)}
      .selecting=${this.selection.size > 0}
      @mark=${() => void this.mark([item])}
      @select=${() => (this.selection = this.selection.toggled(item.id))}
    ></fn-review-card>`;
  }

  private renderEmpty(): TemplateResult | typeof nothing {
    const { text } = this.app;
    if (this.feed?.isLoading !== false) return nothing;
    return html`<div class="empty">
      ${icon(mdiCheckCircleOutline)}<strong>${text("review.empty")}</strong>
      <p>${text("review.empty_text")}</p>
    </div>`;
  }

  private renderUndo(): TemplateResult | typeof nothing {
    const { text } = this.app;
    if (!this.undone) return nothing;
    return html`<span>${text("review.marked", { count: this.undone.length })}</span>
      <button @click=${this.undo}>${icon(mdiUndo)}${text("undo")}</button>`;
  }

  private get unseen(): Item[] {
    return this.listed.filter((item) => !item.has_been_reviewed);
  }

  private get selected(): Item[] {
    return this.listed.filter((item) => this.selection.ids.has(item.id));
  }

  private async mark(items: Item[]): Promise<void> {
    if (!items.length) return;
    this.selection = new Selection();
    this.undone = items;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.undone = undefined), UNDO_MS);
    await this.feed?.mark(items, true).catch((error: unknown) => (this.problem = messageOf(error)));
  }

  private readonly undo = (): void => {
    const items = this.undone ?? [];
    this.undone = undefined;
    void this.feed?.mark(items, false).catch((error: unknown) => (this.problem = messageOf(error)));
  };

  private choose(event: CustomEvent<Choice>): void {
    navigate(this.app.href("review", "", writeChoice(event.detail)), true);
  }

  /** Ctrl+A selects all, R marks the selected ones, Escape clears the selection. */
  private readonly press = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    if (this.item || (target instanceof HTMLElement && target.matches("input, select, textarea"))) return;
    const key = event.key.toLowerCase();
    if (key === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.selection = new Selection(this.listed.map(({ id }) => id));
    } else if (key === "r" && this.selection.size && !event.ctrlKey && !event.metaKey) void this.mark(this.selected);
    else if (key === "escape" && this.selection.size) this.selection = new Selection();
  };

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--gap);
        grid-template-columns: minmax(0, 1fr);
      }
      .actions {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 48px;
        position: sticky;
        top: var(--header-height, 56px);
        z-index: 3;
        background: var(--primary-background-color, #fafafa);
      }
      .actions > :nth-last-child(2) {
        flex: 1;
      }
      section {
        display: grid;
        gap: 10px;
      }
      section + section {
        margin-top: 8px;
      }
      .grid {
        display: grid;
        gap: var(--gap);
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
      }
      @media (max-width: 600px) {
        .grid {
          gap: 10px;
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      @media (min-width: 2000px) {
        .grid {
          grid-template-columns: repeat(auto-fill, minmax(300px, 1fr));
        }
      }
      .toast {
        position: fixed;
        inset-block-end: calc(24px + env(safe-area-inset-bottom));
        inset-inline: 16px;
        margin-inline: auto;
        width: fit-content;
        z-index: 6;
        display: flex;
        align-items: center;
        gap: 16px;
        border-radius: 24px;
        background: #2b2f33;
        color: #fff;
        box-shadow: 0 4px 18px rgb(0 0 0 / 35%);
      }
      .toast > span {
        padding-inline-start: 20px;
      }
      .toast button {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 48px;
        padding-inline: 12px 20px;
        font-weight: 500;
        color: #7fd6f2;
      }
      @media (max-width: 870px) {
        .toast {
          inset-block-end: calc(76px + env(safe-area-inset-bottom));
        }
      }
    `,
  ];
}
