/** Tabs and filters above the review list. */

import { mdiCalendar, mdiCctv, mdiEye, mdiShapeOutline, mdiVectorSquare } from "@mdi/js";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { App } from "../app.js";
import { title } from "../format.js";
import { icon } from "../icon.js";
import "../parts/choice-menu.js";
import type { Option } from "../parts/choice-menu.js";
import { shared } from "../style.js";
import type { Choice, Tab } from "./filters.js";

const TABS: Tab[] = ["alert", "detection", "all"];

/** Fires `choose` with the new choice. */
@customElement("fn-filter-bar")
export class FilterBar extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) choice!: Choice;

  protected override render(): TemplateResult {
    const { app, choice } = this;
    const labels = [...new Set(app.cameras.flatMap((camera) => camera.labels))].toSorted();
    const zones = new Map(app.cameras.flatMap((camera) => camera.zones.map((zone) => [zone.name, zone.title])));
    return html`
      <div class="tabs" role="radiogroup" aria-label=${app.text("filter.severity")}>
        ${TABS.map(
          (tab) =>
            html`<button
              role="radio"
              class=${tab}
              aria-checked=${choice.tab === tab}
              @click=${() => this.fire({ tab })}
            >
              ${app.text(`filter.${tab}`)}
            </button>`,
        )}
      </div>
      <div class="filters">
        ${this.menu(
          "cameras",
          mdiCctv,
          app.cameras.map((camera) => ({ value: camera.slug, title: camera.title })),
        )}
        ${this.menu(
          "labels",
          mdiShapeOutline,
          labels.map((label) => ({ value: label, title: title(label) })),
        )}
        ${zones.size
          ? this.menu(
              "zones",
              mdiVectorSquare,
              [...zones].map(([value, words]) => ({ value, title: words })),
            )
          : nothing}
        <label class="button day" ?data-set=${choice.day !== ""}>
          ${icon(mdiCalendar)}
          <input
            type="date"
            aria-label=${app.text("filter.day")}
            .value=${choice.day}
            @change=${(event: Event) => this.fire({ day: (event.target as HTMLInputElement).value })}
          />
        </label>
        <button
          class="button"
          aria-pressed=${choice.showReviewed}
          @click=${() => this.fire({ showReviewed: !choice.showReviewed })}
        >
          ${icon(mdiEye)}${app.text("filter.reviewed")}
        </button>
      </div>
    `;
  }

  private menu(key: "cameras" | "labels" | "zones", path: string, options: Option[]): TemplateResult {
    return html`<fn-choice-menu
      .icon=${path}
      .label=${this.app.text(`filter.${key}`)}
      .options=${options}
      .chosen=${this.choice[key]}
      .all=${this.app.text("filter.clear")}
      @choose=${(event: CustomEvent<string[]>) => this.fire({ [key]: event.detail })}
    ></fn-choice-menu>`;
  }

  private fire(change: Partial<Choice>): void {
    this.dispatchEvent(new CustomEvent<Choice>("choose", { detail: { ...this.choice, ...change } }));
  }

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        align-items: center;
        justify-content: space-between;
      }
      .tabs {
        display: flex;
        padding: 3px;
        border-radius: 22px;
        background: color-mix(in srgb, var(--text) 8%, transparent);
      }
      .tabs button {
        min-height: 38px;
        padding-inline: 18px;
        border-radius: 19px;
        font-weight: 500;
      }
      .tabs button[aria-checked="true"] {
        background: var(--card);
        box-shadow: 0 1px 4px rgb(0 0 0 / 22%);
      }
      .tabs button::before {
        content: "";
        display: inline-block;
        width: 8px;
        height: 8px;
        border-radius: 50%;
        margin-inline-end: 8px;
        background: var(--alert);
      }
      .tabs button.detection::before {
        background: var(--detection);
      }
      .tabs button.all::before {
        display: none;
      }
      .filters {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .day {
        cursor: text;
      }
      .day[data-set] {
        background: color-mix(in srgb, var(--accent) 18%, var(--card));
      }
      .day input {
        border: 0;
        background: none;
        padding: 0;
        min-height: 0;
        color-scheme: light dark;
      }
      @media (max-width: 600px) {
        :host {
          gap: 10px;
        }
        .tabs {
          width: 100%;
        }
        .tabs button {
          flex: 1;
          padding-inline: 8px;
        }
        .filters {
          flex-wrap: nowrap;
          overflow-x: auto;
          margin-inline: calc(-1 * var(--gap));
          padding: 2px var(--gap);
          scrollbar-width: none;
          flex: 0 0 calc(100% + 2 * var(--gap));
        }
        .filters > * {
          flex: none;
        }
      }
    `,
  ];
}
