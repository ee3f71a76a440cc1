/** A camera in the grid: its picture, live when something happens, and what there is to know of it. */

import { mdiDotsVertical, mdiEyeOffOutline, mdiVideoOffOutline } from "@mdi/js";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { App } from "../app.js";
import type { CameraInfo } from "../api.js";
import { title } from "../format.js";
import type { Hass } from "../ha.js";
import { icon, labelIcon } from "../icon.js";
import { shared } from "../style.js";
import type { Activity } from "./activity.js";
import "./camera-still.js";
import "./camera-switches.js";
import "./live-video.js";

const QUIET_MS = 10_000;
const BUSY_MS = 1000;

@customElement("fn-camera-tile")
export class CameraTile extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @property({ attribute: false }) camera!: CameraInfo;
  @property({ attribute: false }) activity!: Activity;
  /** Whether to show live video. */
  @property({ type: Boolean }) live = false;
  @state() private isPlaying = false;
  @state() private hasPicture = false;
  @state() private isOpen = false;

  protected override render(): TemplateResult {
    const { app, camera, activity } = this;
    const isTracking = activity.labels.length > 0 && !activity.isOffline;
    return html`<article class=${isTracking ? "tracking" : ""}>
      <a href=${app.href("camera", camera.slug)}>
        <fn-camera-still
          .app=${app}
          .camera=${camera}
          .interval=${this.isPlaying ? 0 : this.live ? BUSY_MS : QUIET_MS}
          @load=${() => (this.hasPicture = true)}
        ></fn-camera-still>
        ${this.live && !activity.isOffline
          ? html`<fn-live-video
              class=${this.isPlaying ? "" : "waiting"}
              .hass=${this.hass}
              .entity=${camera.entity_id}
              @playing=${() => (this.isPlaying = true)}
              @stalled=${() => (this.isPlaying = false)}
            ></fn-live-video>`
          : nothing}
        ${this.renderProblem()} ${this.renderChips()}
        <span class="name"><bdi class="clip">${camera.title}</bdi></span>
      </a>
      <button
        class="round more"
        aria-label=${app.text("live.switches", { camera: camera.title })}
        aria-expanded=${this.isOpen}
        popovertarget="switches"
      >
        ${icon(mdiDotsVertical)}
      </button>
      <div id="switches" popover class="menu" @toggle=${(event: ToggleEvent) => (this.isOpen = event.newState === "open")}>
        ${this.isOpen
          ? html`<h3 class="clip"><bdi>${camera.title}</bdi></h3>
              <fn-camera-switches .app=${app} .hass=${this.hass} .camera=${camera}></fn-camera-switches>`
          : nothing}
      </div>
    </article>`;
  }

  protected override willUpdate(): void {
    if (!this.live || this.activity.isOffline) this.isPlaying = false;
  }

  private renderProblem(): TemplateResult | typeof nothing {
    const { app, activity } = this;
    if (activity.isOffline)
      return html`<span class="over">
        ${icon(mdiVideoOffOutline)}<strong>${app.text("live.offline")}</strong>
        ${activity.problem ? html`<span class="why">${activity.problem}</span>` : nothing}
      </span>`;
    return this.hasPicture ? nothing : html`<span class="over">${app.text("live.no_picture")}</span>`;
  }

  private renderChips(): TemplateResult {
    const { app, activity } = this;
    return html`<span class="chips">
      ${this.isPlaying ? html`<span class="chip on-air">${app.text("live.live")}</span>` : nothing}
      ${activity.isDetecting
        ? nothing
        : html`<span class="chip">${icon(mdiEyeOffOutline)}${app.text("live.detection_off")}</span>`}
      ${activity.isOffline
        ? nothing
        : activity.labels.map((label) => html`<span class="chip">${labelIcon(label)}<bdi class="clip">${title(label)}</bdi></span>`)}
      ${activity.hasMotion && !activity.isOffline
        ? html`<span class="chip motion"><i></i>${app.text("live.motion")}</span>`
        : nothing}
    </span>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      article {
        position: relative;
        height: 100%;
        border-radius: var(--radius);
        overflow: hidden;
        background: #101214;
        color: #fff;
      }
      article::after {
        content: "";
        position: absolute;
        inset: 0;
        border-radius: inherit;
        pointer-events: none;
        box-shadow: inset 0 0 0 1px rgb(127 127 127 / 22%);
        transition: box-shadow 300ms;
      }
      article.tracking::after {
        box-shadow: inset 0 0 0 3px var(--fn-tracking, #ffb300);
      }
      a {
        position: absolute;
        inset: 0;
        text-decoration: none;
        border-radius: inherit;
      }
      a:focus-visible {
        outline-offset: -5px;
        outline-width: 3px;
      }
      fn-camera-still,
      fn-live-video {
        position: absolute;
        inset: 0;
      }
      fn-live-video {
        transition: opacity 250ms;
      }
      .waiting {
        opacity: 0;
      }
      .name {
        position: absolute;
        inset: auto 0 0;
        display: flex;
        padding: 28px 14px 12px;
        background: linear-gradient(transparent, rgb(0 0 0 / 70%));
        font-size: 15px;
        font-weight: 500;
        text-shadow: 0 1px 3px rgb(0 0 0 / 80%);
      }
      .chips {
        position: absolute;
        inset: 10px 52px auto 10px;
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      :host(:dir(rtl)) .chips {
        inset: 10px 10px auto 52px;
      }
      .chip {
        background: var(--over);
      }
      .on-air {
        background: #b3261e;
      }
      .motion i {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: #ff8a65;
        animation: beat 1.4s infinite;
      }
      @keyframes beat {
        50% {
          opacity: 0.35;
        }
      }
      .over {
        position: absolute;
        inset: 0;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 4px;
        padding: 44px 16px;
        text-align: center;
        background: rgb(10 12 14 / 72%);
        overflow: hidden;
      }
      .over .icon {
        width: 36px;
        height: 36px;
      }
      .why {
        font-size: 12px;
        line-height: 16px;
        overflow-wrap: anywhere;
        display: -webkit-box;
        -webkit-line-clamp: 3;
        line-clamp: 3;
        -webkit-box-orient: vertical;
        overflow: hidden;
      }
      .more {
        position: absolute;
        inset-block-start: 6px;
        inset-inline-end: 6px;
        background: rgb(0 0 0 / 45%);
        anchor-name: --more;
      }
      .menu {
        color: var(--text);
        background: var(--card);
        border: var(--border);
        border-radius: 12px;
        padding: 12px 16px;
        width: min(280px, 90vw);
        box-shadow: 0 6px 24px rgb(0 0 0 / 28%);
        inset: auto;
        margin: 4px 0;
        position-anchor: --more;
        position-area: bottom span-left;
        position-try-fallbacks:
          flip-block,
          flip-inline;
      }
      .menu::backdrop {
        background: rgb(0 0 0 / 20%);
      }
    `,
  ];
}
