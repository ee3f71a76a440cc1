/** What happened at a camera in the last day. */

import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { App } from "../app.js";
import type { CameraInfo } from "../api.js";
import type { Hass } from "../ha.js";
import "../review/review-card.js";
import { ReviewFeed } from "../review/feed.js";
import { shared } from "../style.js";

const DAY_S = 86_400;
const MOST = 12;

@customElement("fn-camera-recent")
export class CameraRecent extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @property({ attribute: false }) camera!: CameraInfo;
  private feed?: ReviewFeed;
  private shown = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("camera") || this.shown === this.camera.entity_id) return;
    this.shown = this.camera.entity_id;
    this.feed ??= new ReviewFeed(this.app, () => this.requestUpdate());
    const after = Date.now() / 1000 - DAY_S;
    void this.feed.open({ slugs: [this.camera.slug], after, limit: MOST }).catch(() => undefined);
  }

  override disconnectedCallback(): void {
    this.feed?.close();
    this.shown = "";
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const items = this.feed?.items ?? [];
    return html`<h3>${this.app.text("camera.recent")}</h3>
      ${items.length
        ? html`<div class="grid">
            ${repeat(
              items,
              ({ id }) => id,
              (item) =>
                html`<fn-review-card
                  .app=${this.app}
                  .hass=${this.hass}
                  .item=${item}
                  .href=${this.app.href("review", item.id)}
                ></fn-review-card>`,
            )}
          </div>`
        : html`<p class="quiet">${this.app.text("camera.recent_none")}</p>`}`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 10px;
      }
      .grid {
        display: grid;
        gap: 12px;
        grid-template-columns: repeat(auto-fill, minmax(160px, 1fr));
      }
    `,
  ];
}
