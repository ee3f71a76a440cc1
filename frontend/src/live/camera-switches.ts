/** A camera's switches, which are Home Assistant's entities. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { App } from "../app.js";
import type { CameraInfo, Feature } from "../api.js";
import { isOn, type Hass } from "../ha.js";
import { shared } from "../style.js";

const FEATURES: Feature[] = ["detect", "clips", "snapshots", "review_alerts", "review_detections"];

@customElement("fn-camera-switches")
export class CameraSwitches extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @property({ attribute: false }) camera!: CameraInfo;

  protected override render(): TemplateResult {
    return html`${FEATURES.map((feature) => this.renderSwitch(feature))} ${this.renderRecording()}`;
  }

  private renderSwitch(feature: Feature): TemplateResult | typeof nothing {
    const entity = this.camera.entities[feature];
    if (!entity || !this.hass.states[entity]) return nothing;
    const on = isOn(this.hass, entity);
    return html`<button role="switch" aria-checked=${on} @click=${() => void this.toggle(entity, !on)}>
      <span>${this.app.text(`feature.${feature}`)}</span><i></i>
    </button>`;
  }

  /** Recording is not switched but configured; this only says whether it runs. */
  private renderRecording(): TemplateResult | typeof nothing {
    const recording = this.hass.states[this.camera.entities["recording"] ?? ""];
    if (!recording) return nothing;
    return html`<p class="row">
      <span>${this.app.text("feature.recording")}</span>
      <span class="quiet">${this.app.text(recording.state === "on" ? "on" : "off")}</span>
    </p>`;
  }

  private async toggle(entity: string, on: boolean): Promise<void> {
    await this.hass.callService("switch", on ? "turn_on" : "turn_off", { entity_id: entity });
  }

  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }
      button,
      .row {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 16px;
        width: 100%;
        min-height: 44px;
        text-align: start;
        border-radius: 6px;
      }
      i {
        width: 40px;
        height: 24px;
        border-radius: 12px;
        flex: none;
        background: color-mix(in srgb, var(--text) 30%, transparent);
        position: relative;
        transition: background 150ms;
      }
      i::after {
        content: "";
        position: absolute;
        inset-block-start: 3px;
        inset-inline-start: 3px;
        width: 18px;
        height: 18px;
        border-radius: 50%;
        background: #fff;
        box-shadow: 0 1px 2px rgb(0 0 0 / 40%);
        transition: inset-inline-start 150ms;
      }
      [aria-checked="true"] i {
        background: var(--accent);
      }
      [aria-checked="true"] i::after {
        inset-inline-start: 19px;
      }
    `,
  ];
}
