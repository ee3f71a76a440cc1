/** The panel's frame: header, navigation, and the page that the address names. */

import {
  mdiCctv,
  mdiMenu,
  mdiAlertCircleOutline,
  mdiMotionPlayOutline,
} from "@mdi/js";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { App } from "./app.js";
import { messageOf, type Hass, type Route } from "./ha.js";
import { icon } from "./icon.js";
import { loadTexts, type TextKey } from "./localize.js";
import { navigate, parse, type Page, type Place } from "./route.js";
import { shared } from "./style.js";

interface Entry {
  page: Page;
  icon: string;
  label: TextKey;
}

const ENTRIES: Entry[] = [
  { page: "live", icon: mdiCctv, label: "nav.live" },
  { page: "review", icon: mdiMotionPlayOutline, label: "nav.review" },
];

const PAGES: Partial<Record<Page, { load: () => Promise<unknown>; draw: (app: App, place: Place) => TemplateResult }>> = {
  live: {
    load: () => import("./live/live-page.js"),
    draw: (app) => html`<fn-live-page .app=${app} .hass=${app.hass}></fn-live-page>`,
  },
  review: {
    load: () => import("./review/review-page.js"),
    draw: (app, { item, query }) =>
      html`<fn-review-page .app=${app} .hass=${app.hass} .item=${item} .query=${query}></fn-review-page>`,
  },
  edit: {
    load: () => import("./editor/editor-page.js"),
    draw: (app, { item }) => html`<fn-editor-page .app=${app} .hass=${app.hass} .slug=${item}></fn-editor-page>`,
  },
  camera: {
    load: () => import("./live/camera-page.js"),
    draw: (app, { item }) => html`<fn-camera-page .app=${app} .hass=${app.hass} .slug=${item}></fn-camera-page>`,
  },
};

const RELOAD_MS = 30_000;

@customElement("frigate-native-panel")
export class FrigateNativePanel extends LitElement {
  @property({ attribute: false }) hass!: Hass;
  @property({ attribute: false }) route?: Route;
  @property({ type: Boolean, reflect: true }) narrow = false;
  @state() private app?: App;
  @state() private problem = "";
  @state() private loaded = new Set<Page>();
  private timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.redraw);
    window.addEventListener("location-changed", this.redraw);
    this.timer = window.setInterval(() => void this.refresh(), RELOAD_MS);
  }

  override disconnectedCallback(): void {
    window.clearInterval(this.timer);
    window.removeEventListener("popstate", this.redraw);
    window.removeEventListener("location-changed", this.redraw);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.app && changed.has("hass")) void this.start();
    if (this.app) this.app.hass = this.hass;
    if (this.app && this.route) this.app.prefix = this.route.prefix;
  }

  protected override updated(): void {
    this.toggleAttribute("dark", this.hass.themes?.darkMode ?? false);
    const { page } = this.place();
    const known = PAGES[page];
    if (known && !this.loaded.has(page)) {
      void known.load().then(
        () => (this.loaded = new Set(this.loaded).add(page)),
        (error: unknown) => (this.problem = messageOf(error)),
      );
    }
  }

  protected override render(): TemplateResult {
    const place = this.place();
    return html`
      <header>
        <div class="bar">
          ${this.hasMenu()
            ? html`<button class="round" @click=${this.toggleMenu} aria-label=${this.app?.text("nav.menu") ?? "Menu"}>
                ${icon(mdiMenu)}
              </button>`
            : nothing}
          <h1 class="clip">Frigate</h1>
          ${this.narrow ? nothing : this.renderNavigation(place)}
        </div>
      </header>
      <main id="page">${this.renderPage(place)}</main>
      ${this.narrow ? this.renderNavigation(place) : nothing}
    `;
  }

  private renderNavigation(place: Place): TemplateResult | typeof nothing {
    const app = this.app;
    if (!app) return nothing;
    const current = place.page === "camera" || place.page === "edit" ? "live" : place.page;
    return html`<nav aria-label=${app.text("nav.pages")} @click=${this.follow}>
      ${ENTRIES.map(
        (entry) =>
          html`<a href=${app.href(entry.page)} aria-current=${entry.page === current ? "page" : nothing}>
            ${icon(entry.icon)}<span>${app.text(entry.label)}</span>
          </a>`,
      )}
    </nav>`;
  }

  private renderPage(place: Place): TemplateResult {
    const { app } = this;
    if (this.problem)
      return html`<p class="problem" role="alert">${icon(mdiAlertCircleOutline)}<span>${this.problem}</span></p>`;
    const page = PAGES[place.page];
    if (!app || !page || !this.loaded.has(place.page))
      return html`<div class="loading" role="progressbar" aria-label=${app?.text("loading") ?? "Loading"}></div>`;
    if (!app.cameras.length)
      return html`<div class="empty">
        ${icon(mdiCctv)}<strong>${app.text("empty.title")}</strong>
        <p>${app.text("empty.text")}</p>
        ${app.isAdmin
          ? html`<a class="button filled" href="/config/integrations/dashboard/add?domain=frigate_native"
              >${app.text("empty.add")}</a
            >`
          : nothing}
      </div>`;
    return html`<div @click=${this.follow}>${page.draw(app, place)}</div>`;
  }

  private async start(): Promise<void> {
    const app = new App(this.hass);
    try {
      [app.text] = await Promise.all([loadTexts(this.hass.language), app.load()]);
      if (this.route) app.prefix = this.route.prefix;
      this.app = app;
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  /** Notice cameras that were added, and those that were just starting. */
  private async refresh(): Promise<void> {
    if (!this.app || document.hidden) return;
    await this.app.load().catch(() => undefined);
    this.requestUpdate();
  }

  private place(): Place {
    const prefix = this.route?.prefix ?? "";
    const path = location.pathname.startsWith(prefix) ? location.pathname.slice(prefix.length) : "";
    return parse(path, location.search);
  }

  private readonly redraw = (): void => this.requestUpdate();

  private hasMenu(): boolean {
    return !this.hass.kioskMode && (this.narrow || this.hass.dockedSidebar === "always_hidden");
  }

  private toggleMenu(): void {
    this.dispatchEvent(new CustomEvent("hass-toggle-menu", { bubbles: true, composed: true }));
  }

  /** Follow links within Home Assistant without loading the page anew. */
  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
    if (!link || link.target || link.download || link.origin !== location.origin || link.pathname.startsWith("/api/"))
      return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  }

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 100%;
        min-height: 100vh;
        min-height: 100dvh;
        background: var(--primary-background-color, #fafafa);
        font-family: var(--ha-font-family-body, Roboto, Noto, sans-serif);
        font-size: 14px;
        line-height: 20px;
      }
      header {
        position: sticky;
        top: 0;
        z-index: 5;
        background: var(--app-header-background-color, var(--card));
        color: var(--app-header-text-color, var(--text));
        border-bottom: var(--app-header-border-bottom, none);
        padding-inline: env(safe-area-inset-left) env(safe-area-inset-right);
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 8px;
        height: var(--header-height, 56px);
        padding-inline: 8px 16px;
      }
      h1 {
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: 400;
        line-height: 1.5;
        padding-inline: 12px;
      }
      nav {
        display: flex;
        gap: 4px;
      }
      .bar nav {
        margin-inline-start: 16px;
      }
      nav a {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 40px;
        padding-inline: 14px;
        border-radius: 20px;
        text-decoration: none;
        font-weight: 500;
      }
      nav a:hover {
        background: color-mix(in srgb, currentColor 8%, transparent);
      }
      nav a[aria-current] {
        background: color-mix(in srgb, currentColor 16%, transparent);
      }
      main {
        flex: 1;
        min-width: 0;
        padding: var(--gap);
        width: 100%;
        max-width: 2600px;
        margin-inline: auto;
      }
      :host([narrow]) main {
        padding-bottom: 88px;
      }
      :host([narrow]) > nav {
        position: fixed;
        inset: auto 0 0;
        z-index: 5;
        justify-content: space-around;
        background: var(--card);
        border-top: var(--border);
        padding: 6px 4px calc(6px + env(safe-area-inset-bottom));
      }
      :host([narrow]) > nav a {
        flex-direction: column;
        flex: 1;
        gap: 2px;
        height: 48px;
        padding: 4px 0;
        font-size: 12px;
        line-height: 16px;
        border-radius: 12px;
        color: var(--quiet);
      }
      :host([narrow]) > nav a[aria-current] {
        color: var(--text);
        background: none;
      }
      :host([narrow]) > nav a .icon {
        box-sizing: content-box;
        padding: 2px 16px;
        border-radius: 12px;
      }
      :host([narrow]) > nav a[aria-current] .icon {
        background: color-mix(in srgb, var(--accent) 24%, transparent);
      }
      .loading {
        height: 4px;
        margin: calc(-1 * var(--gap)) calc(-1 * var(--gap)) 0;
        background: linear-gradient(90deg, transparent, var(--accent), transparent) 0 0 / 50% 100% no-repeat;
        animation: pass 1.2s infinite linear;
      }
      @keyframes pass {
        from {
          background-position: -100% 0;
        }
        to {
          background-position: 200% 0;
        }
      }
    `,
  ];
}

