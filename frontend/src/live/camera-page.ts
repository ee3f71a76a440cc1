/** One camera: its live video, what detection sees in it, its switches, and what happened lately. */

import {
  mdiArrowLeft,
  mdiCogOutline,
  mdiFullscreen,
  mdiPictureInPictureBottomRight,
  mdiVectorPolygon,
  mdiVideoOffOutline,
  mdiVolumeHigh,
  mdiVolumeOff,
} from "@mdi/js";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import type { App } from "../app.js";
import type { CameraInfo } from "../api.js";
import type { Hass } from "../ha.js";
import { icon } from "../icon.js";
import "../parts/signed-image.js";
import { shared } from "../style.js";
import { activityOf } from "./activity.js";
import "./camera-recent.js";
import "./camera-still.js";
import "./camera-switches.js";
import type { LiveVideo } from "./live-video.js";
import "./live-video.js";

const OVERLAYS = ["bbox", "motion", "zones", "mask", "regions", "timestamp"] as const;
type Overlay = (typeof OVERLAYS)[number];

@customElement("fn-camera-page")
export class CameraPage extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @property() slug = "";
  @state() private isPlaying = false;
  @state() private isMuted = true;
  @state() private overlays: Overlay[] = [];
  @query(".stage") private stage!: HTMLElement;
  @query("fn-live-video") private live?: LiveVideo;

  protected override render(): TemplateResult {
    const camera = this.app.bySlug(this.slug);
    if (!camera) return html`<p class="empty">${this.app.text("camera.unknown")}</p>`;
    return html`
      <div class="head">
        <a class="round" href=${this.app.href("live")} aria-label=${this.app.text("back")}>${icon(mdiArrowLeft)}</a>
        <h2 class="clip"><bdi>${camera.title}</bdi></h2>
        ${this.app.isAdmin
          ? html`<a class="button" href=${this.app.href("edit", camera.slug)}
              >${icon(mdiVectorPolygon)}<span>${this.app.text("camera.edit")}</span></a
            >`
          : nothing}
      </div>
      <div class="columns">
        <div class="main">
          ${this.renderStage(camera)}
          <fn-camera-recent .app=${this.app} .hass=${this.hass} .camera=${camera}></fn-camera-recent>
        </div>
        <aside>
          <section class="card">
            <h3>${this.app.text("camera.switches")}</h3>
            <fn-camera-switches .app=${this.app} .hass=${this.hass} .camera=${camera}></fn-camera-switches>
            ${this.app.isAdmin
              ? html`<a class="button" href="/config/integrations/integration/frigate_native"
                  >${icon(mdiCogOutline)}${this.app.text("camera.settings")}</a
                >`
              : nothing}
          </section>
          ${this.renderOverlays()}
        </aside>
      </div>
    `;
  }

  private renderStage(camera: CameraInfo): TemplateResult {
    const { app } = this;
    const activity = activityOf(this.hass, camera);
    const aspect = (camera.width ?? 16) / (camera.height ?? 9);
    return html`<div class="stage" style=${styleMap({ "--aspect": aspect.toFixed(3) })}>
      <fn-camera-still
        .app=${app}
        .camera=${camera}
        .height=${720}
        .interval=${this.isPlaying || this.overlays.length ? 0 : 1000}
      ></fn-camera-still>
      ${this.overlays.length ? this.renderDebug(camera) : this.renderLive(camera, activity.isOffline)}
      ${activity.isOffline
        ? html`<div class="over">
            ${icon(mdiVideoOffOutline)}<strong>${app.text("live.offline")}</strong><span>${activity.problem}</span>
          </div>`
        : nothing}
      <div class="controls">
        ${this.isPlaying ? html`<span class="chip on-air">${app.text("live.live")}</span>` : nothing}
        <span class="space"></span>
        ${this.control(this.isMuted ? "camera.sound" : "camera.mute", this.isMuted ? mdiVolumeOff : mdiVolumeHigh, () => {
          this.isMuted = !this.isMuted;
        })}
        ${document.pictureInPictureEnabled
          ? this.control("camera.picture_in_picture", mdiPictureInPictureBottomRight, () => {
              void this.live?.video.requestPictureInPicture().catch(() => undefined);
            })
          : nothing}
        ${this.control("camera.full_screen", mdiFullscreen, () => void this.toggleFullScreen())}
      </div>
    </div>`;
  }

  private renderLive(camera: CameraInfo, isOffline: boolean): TemplateResult | typeof nothing {
    if (isOffline) return nothing;
    return html`<fn-live-video
      class=${this.isPlaying ? "" : "waiting"}
      .hass=${this.hass}
      .entity=${camera.entity_id}
      .muted=${this.isMuted}
      @playing=${() => (this.isPlaying = true)}
      @stalled=${() => (this.isPlaying = false)}
    ></fn-live-video>`;
  }

  private renderDebug(camera: CameraInfo): TemplateResult {
    const parts = this.overlays;
    return html`<fn-signed-image
      .key=${parts.join()}
      .source=${() => this.app.media.debugView(camera, parts)}
    ></fn-signed-image>`;
  }

  private renderOverlays(): TemplateResult {
    const { app } = this;
    return html`<section class="card">
      <h3>${app.text("camera.overlays")}</h3>
      <p class="quiet">${app.text("camera.overlays_help")}</p>
      <div class="toggles">
        ${OVERLAYS.map(
          (overlay) =>
            html`<button
              class="button"
              aria-pressed=${this.overlays.includes(overlay)}
              @click=${() => this.toggleOverlay(overlay)}
            >
              ${app.text(`overlay.${overlay}`)}
            </button>`,
        )}
      </div>
    </section>`;
  }

  private control(label: "camera.sound" | "camera.mute" | "camera.full_screen" | "camera.picture_in_picture", path: string, act: () => void): TemplateResult {
    const words = this.app.text(label);
    return html`<button class="round" aria-label=${words} title=${words} @click=${act}>${icon(path)}</button>`;
  }

  private toggleOverlay(overlay: Overlay): void {
    const isOn = this.overlays.includes(overlay);
    this.overlays = isOn ? this.overlays.filter((one) => one !== overlay) : [...this.overlays, overlay];
    this.isPlaying = false;
  }

  private async toggleFullScreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.stage.requestFullscreen().catch(() => undefined);
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
        gap: 8px;
      }
      .head h2 {
        flex: 1;
      }
      .columns {
        display: grid;
        gap: var(--gap);
        grid-template-columns: minmax(0, 1fr) 300px;
        align-items: start;
      }
      .main,
      aside {
        display: grid;
        gap: var(--gap);
        min-width: 0;
      }
      section.card {
        padding: 14px 16px;
        display: grid;
        gap: 8px;
      }
      .stage {
        position: relative;
        aspect-ratio: var(--aspect);
        width: min(100%, calc((100dvh - 190px) * var(--aspect)));
        margin-inline: auto;
        border-radius: var(--radius);
        overflow: hidden;
        background: #101214;
        color: #fff;
      }
      .stage:fullscreen {
        width: 100%;
        border-radius: 0;
      }
      fn-camera-still,
      fn-live-video,
      fn-signed-image {
        position: absolute;
        inset: 0;
        --fit: contain;
      }
      .waiting {
        opacity: 0;
      }
      .over {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 8px;
        padding: 24px;
        text-align: center;
        background: rgb(10 12 14 / 72%);
        overflow-wrap: anywhere;
      }
      .controls {
        position: absolute;
        inset: auto 0 0;
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 28px 10px 8px;
        background: linear-gradient(transparent, rgb(0 0 0 / 65%));
      }
      .space {
        flex: 1;
      }
      .on-air {
        background: #b3261e;
      }
      .toggles {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .toggles .button {
        min-height: 36px;
        padding-inline: 14px;
      }
      @media (max-width: 1000px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
}
