/** What counts in a zone: its name, which objects, for how long. */

import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { App } from "../app.js";
import { title } from "../format.js";
import type { TextKey } from "../localize.js";
import { shared } from "../style.js";
import type { Shape } from "./polygon.js";

/** Fires `rules` with what has changed. */
@customElement("fn-zone-rules")
export class ZoneRules extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) zone!: Shape;
  @property({ attribute: false }) labels: readonly string[] = [];

  protected override render(): TemplateResult {
    const { app, zone } = this;
    return html`
      <label
        ><span>${app.text("editor.name")}</span>
        <input
          type="text"
          maxlength="100"
          .value=${zone.name}
          @change=${(event: Event) => this.fire({ name: (event.target as HTMLInputElement).value.trim() })}
        />
      </label>
      <fieldset>
        <legend>${app.text("editor.objects")}</legend>
        ${this.labels.map((label) => this.renderLabel(label))}
        <p class="quiet">${app.text("editor.objects_help")}</p>
      </fieldset>
      ${this.number("editor.loitering", "loitering_time", 0)} ${this.number("editor.inertia", "inertia", 1)}
      <label class="check">
        <input
          type="checkbox"
          .checked=${zone.is_required}
          @change=${(event: Event) => this.fire({ is_required: (event.target as HTMLInputElement).checked })}
        /><span>${app.text("editor.required")}</span>
      </label>
    `;
  }

  private renderLabel(label: string): TemplateResult {
    const isOn = this.zone.objects.includes(label);
    const next = isOn ? this.zone.objects.filter((one) => one !== label) : [...this.zone.objects, label];
    return html`<button class="button" aria-pressed=${isOn} @click=${() => this.fire({ objects: next })}>
      ${title(label)}
    </button>`;
  }

  private number(label: TextKey, key: "inertia" | "loitering_time", least: number): TemplateResult {
    return html`<label
      ><span>${this.app.text(label)}</span>
      <input
        type="number"
        min=${least}
        step="1"
        inputmode="numeric"
        .value=${String(this.zone[key])}
        @change=${(event: Event) => {
          const value = Math.round(Number((event.target as HTMLInputElement).value));
          this.fire({ [key]: Number.isFinite(value) ? Math.max(least, value) : least });
        }}
      />
    </label>`;
  }

  private fire(detail: Partial<Shape>): void {
    this.dispatchEvent(new CustomEvent<Partial<Shape>>("rules", { detail }));
  }

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 14px;
      }
      label {
        display: grid;
        gap: 4px;
      }
      .check {
        grid-template-columns: auto 1fr;
        align-items: center;
        gap: 10px;
        min-height: 40px;
      }
      input[type="checkbox"] {
        width: 20px;
        height: 20px;
        accent-color: var(--accent);
      }
      fieldset {
        border: 0;
        padding: 0;
        margin: 0;
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      legend {
        padding: 0 0 6px;
      }
      fieldset .button {
        min-height: 36px;
      }
      fieldset p {
        font-size: 12px;
        line-height: 16px;
      }
    `,
  ];
}
