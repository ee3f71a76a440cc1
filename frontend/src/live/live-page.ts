/** All cameras at a glance, those where something happens first. */

import { mdiSortVariant } from "@mdi/js";
import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { repeat } from "lit/directives/repeat.js";
import type { App } from "../app.js";
import type { CameraInfo } from "../api.js";
import type { Hass } from "../ha.js";
import { icon } from "../icon.js";
import { shared } from "../style.js";
import { type Activity, ActivityOrder, activityOf, isActive } from "./activity.js";
import "./alert-strip.js";
import "./camera-tile.js";

const STORED = "frigate-native-activity-first";
const MOST_LIVE = 6;
const USUAL_ASPECT = 16 / 9;

@customElement("fn-live-page")
export class LivePage extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @state() private activityFirst = localStorage.getItem(STORED) !== "no";
  private readonly order = new ActivityOrder();
  private timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = window.setInterval(() => this.requestUpdate(), 5000);
  }

  override disconnectedCallback(): void {
    window.clearInterval(this.timer);
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const { app, hass } = this;
    const now = Date.now();
    const seen = new Map(app.cameras.map((camera) => [camera.entity_id, activityOf(hass, camera)]));
    for (const [id, activity] of seen) this.order.note(id, isActive(activity), now);
    const sorted = this.order.sorted(app.cameras, ({ entity_id }) => entity_id, now);
    const cameras = this.activityFirst ? sorted : app.cameras;
    const live = new Set(
      sorted
        .map(({ entity_id }) => entity_id)
        .filter((id) => this.order.isRecent(id, now))
        .slice(0, MOST_LIVE),
    );
    return html`
      <fn-alert-strip .app=${app} .hass=${hass}></fn-alert-strip>
      <div class="head">
        <h2>${app.text("live.title")}</h2>
        <button class="button" aria-pressed=${this.activityFirst} @click=${this.toggleOrder}>
          ${icon(mdiSortVariant)}${app.text("live.activity_first")}
        </button>
      </div>
      <div class="grid">
        ${repeat(
          cameras,
          ({ entity_id }) => entity_id,
          (camera) => this.renderTile(camera, seen.get(camera.entity_id), live.has(camera.entity_id)),
        )}
      </div>
    `;
  }

  private renderTile(camera: CameraInfo, activity: Activity | undefined, live: boolean): TemplateResult {
    const aspect = camera.width && camera.height ? camera.width / camera.height : USUAL_ASPECT;
    return html`<fn-camera-tile
      style=${styleMap({ "--aspect": aspect.toFixed(3) })}
      .app=${this.app}
      .hass=${this.hass}
      .camera=${camera}
      .activity=${activity}
      .live=${live}
    ></fn-camera-tile>`;
  }

  private toggleOrder(): void {
    this.activityFirst = !this.activityFirst;
    localStorage.setItem(STORED, this.activityFirst ? "yes" : "no");
  }

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--gap);
        grid-template-columns: minmax(0, 1fr);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        min-height: 40px;
      }
      .grid {
        --row: clamp(190px, 17vw, 420px);
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap);
      }
      fn-camera-tile {
        flex: var(--aspect) 1 calc(var(--aspect) * var(--row));
        aspect-ratio: var(--aspect);
        max-width: min(100%, calc(var(--aspect) * var(--row) * 2));
      }
      @media (max-width: 600px) {
        fn-camera-tile {
          flex-basis: 100%;
        }
      }
    `,
  ];
}
