/** Live video of a camera: WebRTC where Home Assistant offers it, else HTTP Live Streaming; it keeps trying. */

import type HlsType from "hls.js";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { Hass } from "../ha.js";
import { playWebRtc } from "./web-rtc.js";

const RETRY_MS = [2000, 5000, 10_000, 30_000];

/** Fires `playing` with the first moving picture, and `stalled` when it is lost. */
@customElement("fn-live-video")
export class LiveVideo extends LitElement {
  @property({ attribute: false }) hass!: Hass;
  @property() entity = "";
  @property({ type: Boolean }) muted = true;
  @query("video") readonly video!: HTMLVideoElement;
  private stop: () => void = () => undefined;
  private attempt = 0;
  private timer = 0;
  private run = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.start();
  }

  override disconnectedCallback(): void {
    this.end();
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    return html`<video
      playsinline
      autoplay
      .muted=${this.muted}
      @playing=${this.playing}
      @ended=${this.lost}
      @error=${this.lost}
    ></video>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("entity")) void this.start();
  }

  private async start(): Promise<void> {
    this.end();
    const run = ++this.run;
    try {
      const { frontend_stream_types: kinds } = await this.hass.callWS<{ frontend_stream_types: string[] }>({
        type: "camera/capabilities",
        entity_id: this.entity,
      });
      if (run !== this.run || !this.isConnected) return;
      const stop = kinds.includes("web_rtc")
        ? await playWebRtc(this.hass, this.entity, this.video, () => this.lost())
        : await this.playHls();
      if (run === this.run && this.isConnected) this.stop = stop;
      else stop();
    } catch {
      if (run === this.run) this.lost();
    }
  }

  private async playHls(): Promise<() => void> {
    const { url } = await this.hass.callWS<{ url: string }>({ type: "camera/stream", entity_id: this.entity });
    const { default: Hls } = await import("hls.js/light");
    const address = this.hass.hassUrl(url);
    if (!Hls.isSupported()) {
      this.video.src = address;
      return () => this.video.removeAttribute("src");
    }
    const hls: HlsType = new Hls({ backBufferLength: 20, liveDurationInfinity: true, lowLatencyMode: true });
    hls.on(Hls.Events.ERROR, (_event, data) => {
      if (data.fatal) this.lost();
    });
    hls.loadSource(address);
    hls.attachMedia(this.video);
    return () => hls.destroy();
  }

  private playing(): void {
    this.attempt = 0;
    this.dispatchEvent(new Event("playing"));
  }

  private readonly lost = (): void => {
    if (!this.isConnected) return;
    this.end();
    this.dispatchEvent(new Event("stalled"));
    const wait = RETRY_MS[Math.min(this.attempt, RETRY_MS.length - 1)];
    this.attempt += 1;
    this.timer = window.setTimeout(() => void this.start(), wait);
  };

  private end(): void {
    this.run += 1;
    window.clearTimeout(this.timer);
    this.stop();
    this.stop = () => undefined;
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
