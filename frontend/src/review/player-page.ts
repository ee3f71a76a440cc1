/** A review item: its recording with the time line below, or its picture where nothing was recorded. */

import {
  mdiArrowLeft,
  mdiDownload,
  mdiFastForward10,
  mdiFullscreen,
  mdiPause,
  mdiPlay,
  mdiRewind10,
  mdiSkipNext,
  mdiSkipPrevious,
} from "@mdi/js";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import type { App } from "../app.js";
import type { CameraInfo, ReviewItem } from "../api.js";
import { clockTime, dayName, duration, title } from "../format.js";
import type { Hass } from "../ha.js";
import { icon, labelIcon } from "../icon.js";
import type { TextKey } from "../localize.js";
import "../parts/signed-image.js";
import { navigate } from "../route.js";
import { shared } from "../style.js";
import type { Item } from "./feed.js";
import { readChoice, writeChoice } from "./filters.js";
import { type Piece, type Span, spansOf } from "./pieces.js";
import type { RecordedVideo } from "./recorded-video.js";
import "./recorded-video.js";
import "./time-line.js";

const SPEEDS = [0.5, 1, 2, 4, 8, 16];
const LEAD_S = 3;
const MOST_ITEMS = 1000;

/** Fires `viewed` with the item once it is shown. */
@customElement("fn-player-page")
export class PlayerPage extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @property() item = "";
  @property({ attribute: false }) query!: URLSearchParams;
  /** The list that the item was opened from, newest first. */
  @property({ attribute: false }) neighbours: readonly Item[] = [];
  @state() private shown?: Item;
  @state() private isGone = false;
  @state() private isMissing = false;
  @state() private isReady = false;
  @state() private isPlaying = false;
  @state() private time = 0;
  @state() private speed = 1;
  @state() private around: Item[] = [];
  @state() private recorded: Span[] = [];
  @query("fn-recorded-video") private video?: RecordedVideo;
  @query(".stage") private stage?: HTMLElement;
  private fetched?: Span;
  private asked = "";

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.press);
  }

  override disconnectedCallback(): void {
    window.removeEventListener("keydown", this.press);
    super.disconnectedCallback();
  }

  protected override willUpdate(): void {
    if (this.asked === this.item) return;
    this.asked = this.item;
    void this.open(this.item);
  }

  protected override render(): TemplateResult {
    const { app, shown } = this;
    if (this.isGone) return html`<p class="empty">${app.text("player.gone")}</p>`;
    if (!shown) return html`<p class="empty">${app.text("loading")}</p>`;
    const camera = app.camera(shown.entry_id, shown.camera);
    const name = camera?.title ?? title(shown.camera);
    return html`
      <div class="head">
        <a class="round" href=${app.href("review", "", writeChoice(readChoice(this.query)))} aria-label=${app.text("back")}
          >${icon(mdiArrowLeft)}</a
        >
        <div class="words">
          <h2 class="clip">
            <i class=${shown.severity}></i>${shown.data.objects.slice(0, 4).map(labelIcon)}<bdi class="clip"
              >${shown.data.objects.map(title).join(", ") || app.text("live.motion")}</bdi
            >
          </h2>
          <p class="quiet clip">
            <bdi>${name}</bdi> · ${dayName(this.hass, shown.start_time, Date.now() / 1000)},
            ${clockTime(this.hass, shown.start_time, true)}
            ${shown.end_time === null
              ? html`· ${app.text("review.ongoing")}`
              : html`· ${duration(shown.end_time - shown.start_time)}`}
            ${shown.data.zones.map((zone) => html`· <bdi>${title(zone)}</bdi>`)}
          </p>
        </div>
      </div>
      ${this.renderStage(shown, camera, name)}
      ${this.isMissing || !camera ? nothing : this.renderControls(shown, camera)}
    `;
  }

  private renderStage(shown: Item, camera: CameraInfo | undefined, name: string): TemplateResult {
    const { app } = this;
    const aspect = (camera?.width ?? 16) / (camera?.height ?? 9);
    const event = shown.data.detections[0];
    return html`<div class="stage" style=${styleMap({ "--aspect": aspect.toFixed(3) })}>
      ${this.isReady
        ? nothing
        : html`<fn-signed-image
            class=${this.isMissing ? "" : "waiting"}
            .key=${shown.id}
            .alt=${name}
            .source=${() =>
              this.isMissing && event
                ? app.media.eventSnapshot(shown.entry_id, event)
                : app.media.reviewThumbnail(shown.entry_id, shown.id)}
          ></fn-signed-image>`}
      ${camera && !this.isMissing
        ? html`<fn-recorded-video
            aria-label=${app.text("player.clip_of", { camera: name })}
            .app=${app}
            .camera=${camera}
            .speed=${this.speed}
            @time=${(event_: CustomEvent<number>) => (this.time = event_.detail)}
            @pieces=${(event_: CustomEvent<Piece[]>) => (this.recorded = spansOf(event_.detail))}
            @ready=${() => (this.isReady = true)}
            @play=${() => (this.isPlaying = true)}
            @pause=${() => (this.isPlaying = false)}
            @missing=${() => (this.isMissing = true)}
            @click=${this.toggle}
          ></fn-recorded-video>`
        : nothing}
      ${this.isMissing ? html`<p class="note">${app.text("player.no_recording")}</p>` : nothing}
      ${this.isReady || this.isMissing ? nothing : html`<p class="note">${app.text("player.loading")}</p>`}
    </div>`;
  }

  private renderControls(shown: Item, camera: CameraInfo): TemplateResult {
    const { text } = this.app;
    const place = this.neighbours.findIndex(({ id }) => id === shown.id);
    const earlier = place < 0 ? undefined : this.neighbours[place + 1];
    const later = this.neighbours[place - 1];
    return html`
      <div class="controls">
        ${this.button("player.previous", mdiSkipPrevious, () => this.go(earlier), !earlier)}
        ${this.button("player.back_10", mdiRewind10, () => this.seek(this.time - 10))}
        <button class="round play" aria-label=${text(this.isPlaying ? "player.pause" : "player.play")} @click=${this.toggle}>
          ${icon(this.isPlaying ? mdiPause : mdiPlay)}
        </button>
        ${this.button("player.forward_10", mdiFastForward10, () => this.seek(this.time + 10))}
        ${this.button("player.next", mdiSkipNext, () => this.go(later), !later)}
        <select
          aria-label=${text("player.speed")}
          @change=${(event: Event) => (this.speed = Number((event.target as HTMLSelectElement).value))}
        >
          ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === this.speed}>${speed}×</option>`)}
        </select>
        ${this.button("player.download", mdiDownload, () => void this.download(shown, camera))}
        ${this.button("camera.full_screen", mdiFullscreen, () => void this.fullScreen())}
      </div>
      <fn-time-line
        .app=${this.app}
        .hass=${this.hass}
        .time=${this.time}
        .items=${this.around}
        .recorded=${this.recorded}
        @scrub=${(event: CustomEvent<number>) => this.seek(event.detail)}
        @range=${(event: CustomEvent<Span>) => void this.fetch(event.detail)}
      ></fn-time-line>
    `;
  }

  private button(label: TextKey, path: string, act: () => void, disabled = false): TemplateResult {
    const words = this.app.text(label);
    return html`<button class="round" aria-label=${words} title=${words} ?disabled=${disabled} @click=${act}>
      ${icon(path)}
    </button>`;
  }

  private async open(id: string): Promise<void> {
    this.isGone = this.isMissing = this.isReady = this.isPlaying = false;
    this.shown = undefined;
    const found = this.neighbours.find((one) => one.id === id) ?? (await this.find(id));
    if (id !== this.item) return;
    this.isGone = found === undefined;
    if (!found) return;
    this.shown = found;
    this.fetched = undefined;
    this.time = found.start_time;
    this.dispatchEvent(new CustomEvent<Item>("viewed", { detail: found }));
    await this.updateComplete;
    if (!this.video) this.isMissing = true;
    await this.video?.seek(found.start_time - LEAD_S);
    await this.video?.play();
  }

  private async find(id: string): Promise<Item | undefined> {
    for (const { entry_id } of this.app.systems) {
      const found = await this.app.api.review(entry_id, id).catch((): ReviewItem | undefined => undefined);
      if (found) return { ...found, entry_id };
    }
    return undefined;
  }

  /** Get what happened around the time that is shown, for the time line. */
  private async fetch(range: Span): Promise<void> {
    const { shown, fetched } = this;
    if (!shown || (fetched && fetched.start <= range.start && fetched.end >= range.end)) return;
    const size = range.end - range.start;
    const wanted = { start: range.start - size, end: range.end + size };
    this.fetched = wanted;
    const items = await this.app.api
      .reviews(shown.entry_id, {
        cameras: [shown.camera],
        after: wanted.start,
        before: wanted.end,
        limit: MOST_ITEMS,
      })
      .catch((): ReviewItem[] => []);
    if (this.fetched === wanted) this.around = items.map((item) => ({ ...item, entry_id: shown.entry_id }));
  }

  private seek(time: number): void {
    const within = Math.min(time, Date.now() / 1000 - 1);
    this.time = within;
    void this.video?.seek(within);
  }

  private readonly toggle = (): void => {
    if (this.isPlaying) this.video?.pause();
    else void this.video?.play();
  };

  private go(item: Item | undefined): void {
    if (item) navigate(this.app.href("review", item.id, writeChoice(readChoice(this.query))), true);
  }

  private async download(shown: Item, camera: CameraInfo): Promise<void> {
    const end = Math.min(shown.end_time ?? Infinity, Date.now() / 1000);
    const link = document.createElement("a");
    link.href = await this.app.media.clip(camera, shown.start_time - LEAD_S, end);
    link.download = `${camera.name}-${Math.round(shown.start_time)}.mp4`;
    link.click();
  }

  private async fullScreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.stage?.requestFullscreen().catch(() => undefined);
  }

  private readonly press = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    if (target instanceof HTMLElement && target.matches("input, select, textarea, button, a")) return;
    if (event.key === " ") this.toggle();
    else if (event.key === "ArrowLeft") this.seek(this.time - 5);
    else if (event.key === "ArrowRight") this.seek(this.time + 5);
    else return;
    event.preventDefault();
  };

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 12px;
        grid-template-columns: minmax(0, 1fr);
        width: 100%;
        max-width: 1500px;
        margin-inline: auto;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .words {
        min-width: 0;
        flex: 1;
      }
      h2 {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      h2 i {
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--alert);
        flex: none;
      }
      h2 i.detection {
        background: var(--detection);
      }
      .stage {
        position: relative;
        aspect-ratio: var(--aspect);
        width: min(100%, calc((100dvh - 330px) * var(--aspect)));
        min-width: min(100%, 320px);
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
      fn-recorded-video,
      fn-signed-image {
        position: absolute;
        inset: 0;
        --fit: contain;
      }
      .waiting {
        filter: blur(6px) brightness(0.75);
      }
      .note {
        position: absolute;
        inset-block-end: 12px;
        inset-inline: 12px;
        width: fit-content;
        margin-inline: auto;
        padding: 6px 14px;
        border-radius: 16px;
        background: var(--over);
      }
      .controls {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 4px;
      }
      .play {
        background: var(--fn-filled, #00708f);
        color: #fff;
        width: 48px;
        height: 48px;
      }
      .play:hover:not(:disabled) {
        background: color-mix(in srgb, #000 14%, var(--fn-filled, #00708f));
      }
    `,
  ];
}
