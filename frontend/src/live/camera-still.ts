/** The newest picture of a camera: shown at once, renewed while it is in sight, swapped without flicker. */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { App } from "../app.js";
import type { CameraInfo } from "../api.js";

let uses = 0;

/** Fires `load` with each picture. */
@customElement("fn-camera-still")
export class CameraStill extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) camera!: CameraInfo;
  @property({ type: Number }) height = 480;
  /** Milliseconds between two pictures; 0: only one. */
  @property({ type: Number }) interval = 10_000;
  @state() private shown = "";
  private timer = 0;
  private isInSight = false;
  private isLoading = false;
  private readonly observer = new IntersectionObserver((entries) => {
    this.isInSight = entries.some((entry) => entry.isIntersecting);
    if (this.isInSight) void this.renew();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
    document.addEventListener("visibilitychange", this.wake);
  }

  override disconnectedCallback(): void {
    this.observer.disconnect();
    document.removeEventListener("visibilitychange", this.wake);
    window.clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("camera") && changed.get("camera")?.entity_id !== this.camera.entity_id) this.shown = "";
    if (changed.has("interval") && this.hasUpdated) void this.renew();
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.shown ? html`<img src=${this.shown} alt="" draggable="false" />` : nothing;
  }

  private readonly wake = (): void => void this.renew();

  private async renew(): Promise<void> {
    window.clearTimeout(this.timer);
    if (this.isLoading || !this.isConnected || !this.isInSight || document.hidden) return;
    this.isLoading = true;
    try {
      const address = await this.app.media.still(this.camera, this.height, ++uses);
      const next = new Image();
      next.src = address;
      await next.decode();
      this.shown = address;
      this.dispatchEvent(new Event("load"));
    } catch {
      /* the tile says what is wrong; the next picture may come */
    } finally {
      this.isLoading = false;
    }
    if (this.interval && this.isConnected) this.timer = window.setTimeout(() => void this.renew(), this.interval);
  }

  static override styles = css`
    :host {
      display: block;
    }
    img {
      width: 100%;
      height: 100%;
      display: block;
      object-fit: contain;
    }
  `;
}
