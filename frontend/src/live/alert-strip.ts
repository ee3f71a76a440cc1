/** The newest alerts that the user has not reviewed yet, each with a button that marks it. */

import { mdiCheck, mdiCheckAll, mdiCheckCircleOutline } from "@mdi/js";
import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { App } from "../app.js";
import { relativeTime, title } from "../format.js";
import type { Hass } from "../ha.js";
import { icon, labelIcon } from "../icon.js";
import "../parts/signed-image.js";
import { type Item, ReviewFeed } from "../review/feed.js";
import { shared } from "../style.js";

const MOST = 30;
const TICK_MS = 15_000;

@customElement("fn-alert-strip")
export class AlertStrip extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @state() private now = Date.now() / 1000;
  private feed?: ReviewFeed;
  private timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = window.setInterval(() => (this.now = Date.now() / 1000), TICK_MS);
    this.feed = new ReviewFeed(this.app, () => this.requestUpdate());
    void this.feed.open({ severity: "alert", reviewed: false, limit: MOST }).catch(() => undefined);
  }

  override disconnectedCallback(): void {
    window.clearInterval(this.timer);
    this.feed?.close();
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const { text } = this.app;
    const items = (this.feed?.items ?? []).filter((item) => !item.has_been_reviewed);
    if (!items.length)
      return html`<p class="none quiet">${icon(mdiCheckCircleOutline)}${text("alerts.none")}</p>`;
    return html`<section aria-label=${text("alerts.title")}>
      <div class="head">
        <h2 class="small">${text("alerts.title")}</h2>
        <button class="button" @click=${() => void this.feed?.mark(items, true)}>
          ${icon(mdiCheckAll)}${text("alerts.mark_all")}
        </button>
      </div>
      <ul>
        ${repeat(
          items,
          (item) => item.id,
          (item) => this.renderItem(item),
        )}
      </ul>
    </section>`;
  }

  private renderItem(item: Item): TemplateResult {
    const { app } = this;
    const camera = app.camera(item.entry_id, item.camera)?.title ?? title(item.camera);
    const words = item.data.objects.map(title).join(", ");
    const when =
      item.end_time === null
        ? app.text("review.ongoing")
        : relativeTime(this.hass.locale.language, item.start_time, this.now);
    return html`<li>
      <a href=${app.href("review", item.id)}>
        <fn-signed-image
          .key=${`${item.id}/${item.end_time === null}`}
          .source=${() => app.media.reviewThumbnail(item.entry_id, item.id)}
        ></fn-signed-image>
        <span class="what">
          <span class="labels">${item.data.objects.slice(0, 3).map(labelIcon)}<bdi class="clip">${words}</bdi></span>
          <span class="when clip"><bdi>${camera}</bdi> · ${when}</span>
        </span>
      </a>
      <button
        class="round"
        aria-label=${`${app.text("alerts.mark")}: ${words}, ${camera}`}
        title=${app.text("alerts.mark")}
        @click=${() => void this.feed?.mark([item], true)}
      >
        ${icon(mdiCheck)}
      </button>
    </li>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }
      .none {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 40px;
      }
      .none .icon {
        color: var(--good);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        margin-bottom: 10px;
      }
      ul {
        display: flex;
        gap: 12px;
        margin: 0 calc(-1 * var(--gap));
        padding: 2px var(--gap) 8px;
        overflow-x: auto;
        list-style: none;
        scroll-snap-type: x proximity;
        scroll-padding-inline: var(--gap);
        scrollbar-width: thin;
      }
      li {
        position: relative;
        flex: 0 0 196px;
        scroll-snap-align: start;
      }
      a {
        display: block;
        height: 124px;
        border-radius: var(--radius);
        overflow: hidden;
        text-decoration: none;
        color: #fff;
        position: relative;
        box-shadow: inset 0 0 0 1px rgb(127 127 127 / 30%);
      }
      fn-signed-image {
        position: absolute;
        inset: 0;
      }
      .what {
        position: absolute;
        inset: auto 0 0;
        padding: 26px 12px 8px;
        background: linear-gradient(transparent, rgb(0 0 0 / 82%));
        text-shadow: 0 1px 2px rgb(0 0 0 / 80%);
      }
      .labels {
        display: flex;
        align-items: center;
        gap: 4px;
        font-weight: 500;
      }
      .labels .icon {
        width: 18px;
        height: 18px;
      }
      .when {
        display: block;
        font-size: 12px;
        line-height: 16px;
      }
      li > button {
        position: absolute;
        inset-block-start: 6px;
        inset-inline-end: 6px;
        background: rgb(0 0 0 / 60%);
        color: #fff;
      }
      li > button:hover:not(:disabled) {
        background: var(--good);
      }
      @media (max-width: 600px) {
        li {
          flex-basis: 168px;
        }
        a {
          height: 108px;
        }
      }
    `,
  ];
}
