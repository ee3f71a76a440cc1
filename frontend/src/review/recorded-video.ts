/** Plays a camera's recordings by the time of day: seeks anywhere, and loads another stretch where needed. */

import type HlsType from "hls.js";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { App } from "../app.js";
import type { CameraInfo } from "../api.js";
import { offsetOf, type Piece, stretchAround, timeAt } from "./pieces.js";

/** Fires `time` (CustomEvent of seconds since 1970), `pieces`, `play`, `pause`, `ready`, and `missing` without recordings. */
@customElement("fn-recorded-video")
export class RecordedVideo extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) camera!: CameraInfo;
  @property({ type: Number }) speed = 1;
  @query("video") readonly video!: HTMLVideoElement;
  private hls?: HlsType;
  private pieces: Piece[] = [];
  private stretch?: { start: number; end: number };
  private wanted?: number;
  private run = 0;

  override disconnectedCallback(): void {
    this.close();
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    return html`<video
      playsinline
      @timeupdate=${this.report}
      @seeked=${this.seeked}
      @playing=${() => this.fire("play")}
      @pause=${() => this.fire("pause")}
      @loadeddata=${() => this.fire("ready")}
      @ended=${this.goOn}
    ></video>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("speed")) this.video.playbackRate = this.speed;
  }

  /** Show the picture at a time; while one is being sought, only the newest wish counts. */
  async seek(time: number): Promise<void> {
    this.wanted = time;
    if (!this.stretch || time < this.stretch.start || time >= this.stretch.end) await this.load(time);
    else this.apply();
  }

  async play(): Promise<void> {
    try {
      await this.video.play();
    } catch {
      this.video.muted = true; // without a click, browsers only play without sound
      await this.video.play().catch(() => undefined);
    }
  }

  pause(): void {
    this.video.pause();
  }

  private async load(time: number): Promise<void> {
    this.close();
    const run = ++this.run;
    const stretch = stretchAround(time);
    this.stretch = stretch;
    try {
      const [address, { default: Hls }] = await Promise.all([
        this.app.media.recording(this.camera, stretch.start, stretch.end),
        import("hls.js/light"),
      ]);
      if (run !== this.run || !this.isConnected) return;
      this.attach(Hls, address);
    } catch {
      if (run === this.run) this.fire("missing");
    }
  }

  private attach(Hls: typeof HlsType, address: string): void {
    const hls = new Hls({ maxBufferLength: 60, maxMaxBufferLength: 120, startPosition: 0 });
    this.hls = hls;
    hls.on(Hls.Events.LEVEL_LOADED, (_event, { details }) => {
      this.pieces = details.fragments.map((piece) => ({
        offset: piece.start,
        duration: piece.duration,
        time: (piece.programDateTime ?? 0) / 1000,
      }));
      this.dispatchEvent(new CustomEvent<Piece[]>("pieces", { detail: this.pieces }));
      this.apply();
    });
    hls.on(Hls.Events.ERROR, (_event, data) => {
      if (!data.fatal) return;
      if (data.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else this.fire("missing");
    });
    hls.loadSource(address);
    hls.attachMedia(this.video);
    this.video.playbackRate = this.speed;
  }

  private apply(): void {
    if (this.wanted === undefined || !this.pieces.length || (this.video.seeking && this.video.readyState > 0)) return;
    const offset = offsetOf(this.pieces, this.wanted);
    this.wanted = undefined;
    this.video.currentTime = offset;
  }

  private seeked(): void {
    this.report();
    this.apply();
  }

  private report(): void {
    if (this.wanted !== undefined || !this.pieces.length) return;
    const detail = timeAt(this.pieces, this.video.currentTime);
    this.dispatchEvent(new CustomEvent<number>("time", { detail }));
  }

  /** Go on where the stretch ends, unless that is now. */
  private goOn(): void {
    const end = this.stretch?.end ?? Infinity;
    if (end < Date.now() / 1000) void this.seek(end).then(() => this.play());
  }

  private close(): void {
    this.run += 1;
    this.hls?.destroy();
    this.hls = undefined;
    this.pieces = [];
    this.stretch = undefined;
  }

  private fire(name: string): void {
    this.dispatchEvent(new CustomEvent(name));
  }

  static override styles = css`
    :host {
      display: block;
    }
    video {
      width: 100%;
      height: 100%;
      display: block;
      object-fit: contain;
    }
  `;
}
