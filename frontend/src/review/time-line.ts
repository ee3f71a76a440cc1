/** A time line under the player: drag it to scrub, with what happened marked on it. The time shown is in its middle. */

import { mdiMagnifyMinusOutline, mdiMagnifyPlusOutline } from "@mdi/js";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import type { App } from "../app.js";
import { clockTime, title } from "../format.js";
import type { Hass } from "../ha.js";
import { icon } from "../icon.js";
import { shared } from "../style.js";
import type { Item } from "./feed.js";
import type { Span } from "./pieces.js";
import { ticks, zoomed, ZOOMS_S } from "./scale.js";

const TAP_PX = 6;

/** Fires `scrub` (CustomEvent of seconds since 1970) while it is dragged, and `range` when it shows another range. */
@customElement("fn-time-line")
export class TimeLine extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @property({ type: Number }) time = 0;
  @property({ attribute: false }) items: readonly Item[] = [];
  @property({ attribute: false }) recorded: readonly Span[] = [];
  @property({ attribute: false }) loaded?: Span;
  @state() private span: number = ZOOMS_S[1];
  @state() private width = 800;
  @state() private dragged?: number;
  @query(".line") private line!: HTMLElement;
  private from?: { x: number; time: number; moved: boolean };
  private readonly sizes = new ResizeObserver(([entry]) => (this.width = entry?.contentRect.width || 800));

  protected override firstUpdated(): void {
    this.sizes.observe(this.line);
  }

  override disconnectedCallback(): void {
    this.sizes.disconnect();
    super.disconnectedCallback();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("span") || changed.has("time"))
      this.dispatchEvent(
        new CustomEvent<Span>("range", { detail: { start: this.center - this.span, end: this.center + this.span } }),
      );
  }

  protected override render(): TemplateResult {
    const { text } = this.app;
    const start = this.center - this.span / 2;
    const offset = -new Date(this.center * 1000).getTimezoneOffset() * 60;
    const marks = ticks(this.center, this.span, Math.max(3, Math.floor(this.width / 110)), offset);
    return html`
      <div
        class="line"
        role="slider"
        tabindex="0"
        aria-label=${text("player.timeline")}
        aria-valuemin="0"
        aria-valuemax=${Math.floor(Date.now() / 1000)}
        aria-valuenow=${Math.floor(this.center)}
        aria-valuetext=${clockTime(this.hass, this.center, true)}
        @pointerdown=${this.press}
        @pointermove=${this.drag}
        @pointerup=${this.release}
        @pointercancel=${this.release}
        @wheel=${this.wheel}
        @keydown=${this.key}
      >
        <div class="track">
          ${this.recorded.map((one) => html`<i class="recorded" style=${styleMap(this.placed(one, start))}></i>`)}
        </div>
        ${this.items.map((item) => this.renderItem(item, start))}
        ${marks.map(
          ({ time, place }) =>
            html`<span class="tick" style=${styleMap({ left: `${place * 100}%` })}
              >${clockTime(this.hass, time, this.span <= 600)}</span
            >`,
        )}
        <b></b>
      </div>
      <div class="zoom">
        <button
          class="round"
          aria-label=${text("player.zoom_out")}
          ?disabled=${this.span >= (ZOOMS_S.at(-1) ?? 0)}
          @click=${() => (this.span = zoomed(this.span, 1))}
        >
          ${icon(mdiMagnifyMinusOutline)}
        </button>
        <output>${clockTime(this.hass, this.center, true)}</output>
        <button
          class="round"
          aria-label=${text("player.zoom_in")}
          ?disabled=${this.span <= ZOOMS_S[0]}
          @click=${() => (this.span = zoomed(this.span, -1))}
        >
          ${icon(mdiMagnifyPlusOutline)}
        </button>
      </div>
    `;
  }

  private get center(): number {
    return this.dragged ?? this.time;
  }

  private renderItem(item: Item, start: number): TemplateResult {
    const end = item.end_time ?? Date.now() / 1000;
    return html`<i
      class="item ${item.severity}"
      title=${item.data.objects.map(title).join(", ")}
      style=${styleMap(this.placed({ start: item.start_time, end }, start))}
    ></i>`;
  }

  private placed(one: Span, start: number): Record<string, string> {
    const left = Math.max(-5, ((one.start - start) / this.span) * 100);
    const right = Math.min(105, ((one.end - start) / this.span) * 100);
    return { left: `${left}%`, width: `${Math.max(0, right - left)}%`, display: right < 0 || left > 100 ? "none" : "" };
  }

  private press(event: PointerEvent): void {
    this.line.setPointerCapture(event.pointerId);
    this.from = { x: event.clientX, time: this.center, moved: false };
  }

  private drag(event: PointerEvent): void {
    if (!this.from) return;
    const past = event.clientX - this.from.x;
    this.from.moved ||= Math.abs(past) > TAP_PX;
    if (this.from.moved) this.scrub(this.from.time - (past / this.width) * this.span);
  }

  private release(event: PointerEvent): void {
    if (!this.from) return;
    if (!this.from.moved && event.type === "pointerup") {
      const box = this.line.getBoundingClientRect();
      this.scrub(this.center + ((event.clientX - box.left) / box.width - 0.5) * this.span);
    }
    this.from = undefined;
    if (this.dragged !== undefined) this.time = this.dragged;
    this.dragged = undefined;
  }

  private scrub(time: number): void {
    const within = Math.min(time, Date.now() / 1000);
    this.dragged = within;
    if (!this.from) {
      this.time = within;
      this.dragged = undefined;
    }
    this.dispatchEvent(new CustomEvent<number>("scrub", { detail: within }));
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.ctrlKey || Math.abs(event.deltaY) > Math.abs(event.deltaX)) this.span = zoomed(this.span, event.deltaY > 0 ? 1 : -1);
    else this.scrub(this.center + (event.deltaX / this.width) * this.span);
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -15, PageUp: 15 }[event.key];
    if (event.key === "+" || event.key === "-") this.span = zoomed(this.span, event.key === "-" ? 1 : -1);
    else if (step !== undefined) this.scrub(this.center + (step * this.span) / 60);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 4px;
        direction: ltr; /* time runs to the right everywhere */
      }
      .line {
        position: relative;
        height: 84px;
        border-radius: var(--radius);
        border: var(--border);
        background: var(--card);
        overflow: hidden;
        touch-action: pan-y;
        cursor: grab;
        user-select: none;
        -webkit-user-select: none;
      }
      .line:active {
        cursor: grabbing;
      }
      .line:focus-visible {
        outline-offset: 0;
      }
      .track {
        position: absolute;
        inset: 12px 0 auto;
        height: 40px;
        background: repeating-linear-gradient(
          -45deg,
          color-mix(in srgb, var(--text) 9%, transparent) 0 4px,
          transparent 4px 9px
        );
      }
      i {
        position: absolute;
        display: block;
      }
      .recorded {
        inset-block: 0;
        background: color-mix(in srgb, var(--accent) 26%, var(--card));
      }
      .item {
        top: 12px;
        height: 40px;
        min-width: 4px;
        border-radius: 3px;
        background: color-mix(in srgb, var(--alert) 82%, transparent);
      }
      .item.detection {
        top: 26px;
        height: 26px;
        background: color-mix(in srgb, var(--detection) 82%, transparent);
      }
      .tick {
        position: absolute;
        bottom: 6px;
        transform: translateX(-50%);
        font-size: 12px;
        line-height: 16px;
        color: var(--quiet);
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
        pointer-events: none;
      }
      b {
        position: absolute;
        inset: 4px auto 24px calc(50% - 1.5px);
        width: 3px;
        border-radius: 2px;
        background: var(--text);
        box-shadow: 0 0 0 2px var(--card);
        pointer-events: none;
      }
      .zoom {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 8px;
      }
      output {
        min-width: 110px;
        text-align: center;
        font-size: 16px;
        font-weight: 500;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
}
