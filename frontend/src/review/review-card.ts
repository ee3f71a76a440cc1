/** A review item in a list. */

import { mdiCheck, mdiCheckCircle, mdiCircleOutline } from "@mdi/js";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { App } from "../app.js";
import { clockTime, duration, title } from "../format.js";
import type { Hass } from "../ha.js";
import { icon, labelIcon } from "../icon.js";
import "../parts/signed-image.js";
import { shared } from "../style.js";
import type { Item } from "./feed.js";

/** Fires `mark` and `select`; the list decides what that means. */
@customElement("fn-review-card")
export class ReviewCard extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @property({ attribute: false }) item!: Item;
  @property() href = "";
  @property({ type: Boolean }) selected = false;
  @property({ type: Boolean }) selecting = false;
  @property({ type: Boolean, attribute: "can-mark" }) canMark = false;

  protected override render(): TemplateResult {
    const { app, item } = this;
    const camera = app.camera(item.entry_id, item.camera)?.title ?? title(item.camera);
    const objects = item.data.objects.map(title).join(", ") || app.text("live.motion");
    const zones = item.data.zones.map(title).join(", ");
    return html`<article class="${item.severity} ${this.selected ? "selected" : ""} ${item.has_been_reviewed ? "seen" : ""}">
      <a href=${this.href} @click=${this.open}>
        <fn-signed-image
          .key=${`${item.id}/${item.end_time === null}`}
          .source=${() => app.media.reviewThumbnail(item.entry_id, item.id)}
        ></fn-signed-image>
        <span class="time"
          >${clockTime(this.hass, item.start_time)}${item.end_time === null
            ? html` · ${app.text("review.ongoing")}`
            : html` · ${duration(item.end_time - item.start_time)}`}</span
        >
        <span class="what">
          <span class="labels">${item.data.objects.slice(0, 4).map(labelIcon)}<bdi class="clip">${objects}</bdi></span>
          <span class="where clip"><bdi>${camera}</bdi>${zones ? html` · <bdi>${zones}</bdi>` : nothing}</span>
        </span>
      </a>
      ${this.canMark ? this.renderButtons() : nothing}
    </article>`;
  }

  private renderButtons(): TemplateResult {
    const { app, item } = this;
    return html`<button
        class="round select"
        role="checkbox"
        aria-checked=${this.selected}
        aria-label=${app.text("review.select")}
        @click=${() => this.fire("select")}
      >
        ${icon(this.selected ? mdiCheckCircle : mdiCircleOutline)}
      </button>
      ${item.has_been_reviewed || this.selecting
        ? nothing
        : html`<button
            class="round mark"
            aria-label=${app.text("alerts.mark")}
            title=${app.text("alerts.mark")}
            @click=${() => this.fire("mark")}
          >
            ${icon(mdiCheck)}
          </button>`}`;
  }

  private open(event: MouseEvent): void {
    if (!this.canMark || !(this.selecting || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.fire("select");
  }

  private fire(name: "mark" | "select"): void {
    this.dispatchEvent(new CustomEvent(name));
  }

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        content-visibility: auto;
        contain-intrinsic-size: auto 210px;
      }
      article {
        position: relative;
        border-radius: var(--radius);
        background: var(--card);
        border: var(--border);
        overflow: hidden;
        --severity: var(--alert);
      }
      .detection {
        --severity: var(--detection);
      }
      a {
        display: block;
        text-decoration: none;
        border-radius: inherit;
      }
      a:focus-visible {
        outline-offset: -3px;
        outline-width: 3px;
      }
      fn-signed-image {
        aspect-ratio: 16 / 10;
        transition: opacity 200ms;
      }
      article::after {
        content: "";
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        width: 4px;
        background: var(--severity);
        pointer-events: none;
      }
      .seen::after {
        opacity: 0.3;
      }
      .seen fn-signed-image {
        opacity: 0.62;
      }
      .selected {
        box-shadow: 0 0 0 3px var(--accent);
      }
      .time {
        position: absolute;
        inset-block-start: 8px;
        inset-inline-end: 8px;
        padding: 2px 8px;
        border-radius: 10px;
        background: var(--over);
        color: #fff;
        font-size: 12px;
        line-height: 18px;
        font-variant-numeric: tabular-nums;
      }
      .what {
        display: block;
        padding: 8px 12px 10px 14px;
      }
      .labels {
        display: flex;
        align-items: center;
        gap: 6px;
        font-weight: 500;
      }
      .labels .icon {
        width: 18px;
        height: 18px;
      }
      .where {
        display: block;
        color: var(--quiet);
        font-size: 13px;
      }
      .round {
        position: absolute;
        color: #fff;
        background: var(--over);
        width: 36px;
        height: 36px;
      }
      .select {
        inset-block-start: 6px;
        inset-inline-start: 10px;
      }
      .mark {
        inset-block-end: 12px;
        inset-inline-end: 8px;
        background: none;
        color: var(--quiet);
      }
      .mark:hover:not(:disabled) {
        color: #fff;
        background: #2e7d32;
      }
      .labels,
      .where {
        padding-inline-end: 34px;
      }
      @media (hover: hover) {
        .select {
          opacity: 0;
        }
        article:hover .select,
        .select:focus-visible,
        .selected .select {
          opacity: 1;
        }
      }
    `,
  ];
}
