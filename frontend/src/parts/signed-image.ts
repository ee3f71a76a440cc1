/** A picture behind a login, loaded once it is near the screen. */

import { mdiImageOffOutline } from "@mdi/js";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { icon } from "../icon.js";

@customElement("fn-signed-image")
export class SignedImage extends LitElement {
  /** Returns the address. */
  @property({ attribute: false }) source!: () => Promise<string>;
  /** Another key: another picture. */
  @property() key = "";
  @property() alt = "";
  @state() private address = "";
  @state() private isMissing = false;
  private readonly observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void this.load();
    },
    { rootMargin: "400px" },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    this.observer.disconnect();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("key") || changed.get("key") === undefined) return;
    this.address = "";
    this.isMissing = false;
    this.observer.unobserve(this);
    this.observer.observe(this);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.isMissing) return html`<span class="missing">${icon(mdiImageOffOutline)}</span>`;
    return this.address
      ? html`<img src=${this.address} alt=${this.alt} draggable="false" @error=${() => (this.isMissing = true)} />`
      : nothing;
  }

  private async load(): Promise<void> {
    if (this.address) return;
    try {
      this.address = await this.source();
    } catch {
      this.isMissing = true;
    }
  }

  static override styles = css`
    :host {
      display: block;
      background: #16191c;
      overflow: hidden;
    }
    img {
      width: 100%;
      height: 100%;
      display: block;
      object-fit: var(--fit, cover);
    }
    .missing {
      display: grid;
      place-items: center;
      height: 100%;
      color: #a8adb3;
    }
    svg {
      width: 28px;
      height: 28px;
      fill: currentColor;
    }
  `;
}
