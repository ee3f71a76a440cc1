/** A button that opens a list of names to choose several from. */

import { mdiCheckboxBlankOutline, mdiCheckboxMarked, mdiMenuDown } from "@mdi/js";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { icon } from "../icon.js";
import { shared } from "../style.js";

export interface Option {
  value: string;
  title: string;
}

/** Fires `choose` with the chosen values. */
@customElement("fn-choice-menu")
export class ChoiceMenu extends LitElement {
  @property() icon = "";
  @property() label = "";
  /** The words of the button that chooses none, which means all. */
  @property() all = "";
  @property({ attribute: false }) options: Option[] = [];
  @property({ attribute: false }) chosen: string[] = [];
  @state() private isOpen = false;

  protected override render(): TemplateResult {
    const names = this.options.filter(({ value }) => this.chosen.includes(value)).map((one) => one.title);
    return html`<button
        class="button"
        aria-pressed=${names.length > 0}
        aria-expanded=${this.isOpen}
        popovertarget="list"
        aria-label=${names.length ? `${this.label}: ${names.join(", ")}` : this.label}
      >
        ${icon(this.icon)}<bdi class="clip">${names.length === 1 ? names[0] : this.label}</bdi>
        ${names.length > 1 ? html`<b>${names.length}</b>` : nothing}${icon(mdiMenuDown)}
      </button>
      <div
        id="list"
        popover
        role="group"
        aria-label=${this.label}
        @toggle=${(event: ToggleEvent) => (this.isOpen = event.newState === "open")}
      >
        ${this.isOpen
          ? html`${this.options.map((option) => this.renderOption(option))}
              <button class="option quiet" ?disabled=${!names.length} @click=${() => this.fire([])}>${this.all}</button>`
          : nothing}
      </div>`;
  }

  private renderOption({ value, title }: Option): TemplateResult {
    const isChosen = this.chosen.includes(value);
    const next = isChosen ? this.chosen.filter((one) => one !== value) : [...this.chosen, value];
    return html`<button class="option" role="checkbox" aria-checked=${isChosen} @click=${() => this.fire(next)}>
      ${icon(isChosen ? mdiCheckboxMarked : mdiCheckboxBlankOutline)}<bdi class="clip">${title}</bdi>
    </button>`;
  }

  private fire(chosen: string[]): void {
    this.dispatchEvent(new CustomEvent<string[]>("choose", { detail: chosen }));
  }

  static override styles = [
    shared,
    css`
      .button {
        anchor-name: --menu;
        max-width: 220px;
      }
      b {
        min-width: 20px;
        padding: 0 6px;
        border-radius: 10px;
        background: var(--fn-filled, #00708f);
        color: #fff;
        font-size: 12px;
      }
      [popover] {
        color: var(--text);
        background: var(--card);
        border: var(--border);
        border-radius: 12px;
        padding: 6px;
        min-width: 200px;
        max-width: min(320px, 92vw);
        max-height: 60vh;
        overflow-y: auto;
        box-shadow: 0 6px 24px rgb(0 0 0 / 28%);
        inset: auto;
        margin: 4px 0;
        position-anchor: --menu;
        position-area: bottom span-right;
        position-try-fallbacks: flip-inline, flip-block;
      }
      .option {
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 44px;
        padding: 0 12px;
        border-radius: 8px;
        text-align: start;
      }
      .option:hover:not(:disabled) {
        background: color-mix(in srgb, var(--text) 7%, transparent);
      }
      .option[aria-checked="true"] .icon {
        color: var(--accent);
      }
    `,
  ];
}
