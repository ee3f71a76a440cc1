/** Draws a camera's zones and masks and saves them. */

import {
  mdiArrowLeft,
  mdiCheck,
  mdiContentCopy,
  mdiDeleteOutline,
  mdiMagnet,
  mdiPlus,
  mdiRedo,
  mdiUndo,
  mdiVectorPointMinus,
  mdiClose,
} from "@mdi/js";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { App } from "../app.js";
import type { CameraInfo } from "../api.js";
import { messageOf, type Hass } from "../ha.js";
import { icon } from "../icon.js";
import type { TextKey } from "../localize.js";
import { shared } from "../style.js";
import type { AreaCanvas, Change } from "./area-canvas.js";
import "./area-canvas.js";
import { loadShapes, saveShapes } from "./areas.js";
import { History } from "./history.js";
import { type Kind, LEAST_POINTS, type Point, removed, type Shape } from "./polygon.js";
import { toYaml } from "./yaml.js";
import "./zone-rules.js";

const KINDS: Kind[] = ["zone", "motion_mask", "object_mask"];

@customElement("fn-editor-page")
export class EditorPage extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) hass!: Hass;
  @property() slug = "";
  @state() private steps?: History<readonly Shape[]>;
  @state() private picked = "";
  @state() private point = -1;
  @state() private drawing: Kind | "" = "";
  @state() private snap = true;
  @state() private problem = "";
  @state() private status: "" | "saving" | "saved" | "copied" = "";
  @query("fn-area-canvas") private canvas!: AreaCanvas;
  private saved: readonly Shape[] = [];
  private asked = "";

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.key);
    window.addEventListener("beforeunload", this.warn);
  }

  override disconnectedCallback(): void {
    window.removeEventListener("keydown", this.key);
    window.removeEventListener("beforeunload", this.warn);
    super.disconnectedCallback();
  }

  protected override willUpdate(): void {
    const camera = this.app.bySlug(this.slug);
    if (!camera || !this.app.isAdmin || this.asked === this.slug) return;
    this.asked = this.slug;
    void this.load(camera);
  }

  protected override render(): TemplateResult {
    const { app } = this;
    const camera = app.bySlug(this.slug);
    if (!camera) return html`<p class="empty">${app.text("camera.unknown")}</p>`;
    if (!app.isAdmin) return html`<p class="empty">${app.text("editor.admins")}</p>`;
    const shape = this.shapes.find(({ id }) => id === this.picked);
    return html`
      <div class="head">
        <a class="round" href=${app.href("camera", camera.slug)} aria-label=${app.text("back")}>${icon(mdiArrowLeft)}</a>
        <h2 class="clip">${app.text("camera.edit")} · <bdi>${camera.title}</bdi></h2>
        ${this.renderSave(camera)}
      </div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <p class="unseen" role="status">${this.status === "saved" ? app.text("editor.saved") : ""}</p>
      <div class="columns">
        <div class="main">
          ${this.renderTools(shape)}
          <fn-area-canvas
            .app=${app}
            .camera=${camera}
            .shapes=${this.shapes}
            .picked=${this.picked}
            .pickedPoint=${this.point}
            .snap=${this.snap}
            .drawing=${this.drawing !== ""}
            @pick=${(event: CustomEvent<string>) => this.pick(event.detail)}
            @point=${(event: CustomEvent<number>) => (this.point = event.detail)}
            @change=${(event: CustomEvent<Change>) => this.reshape(event.detail)}
            @drawn=${(event: CustomEvent<Point[]>) => this.add(event.detail)}
          ></fn-area-canvas>
        </div>
        <aside>
          ${KINDS.map((kind) => this.renderList(kind))}
          ${shape?.kind === "zone"
            ? html`<section class="card">
                <h3>${app.text("editor.rules")}</h3>
                <fn-zone-rules
                  .app=${app}
                  .zone=${shape}
                  .labels=${camera.labels}
                  @rules=${(event: CustomEvent<Partial<Shape>>) => this.revise(shape.id, event.detail)}
                ></fn-zone-rules>
              </section>`
            : nothing}
          ${this.isEditable(camera) ? nothing : this.renderYaml(camera)}
        </aside>
      </div>
    `;
  }

  private renderSave(camera: CameraInfo): TemplateResult | typeof nothing {
    const { text } = this.app;
    if (!this.isEditable(camera)) return nothing;
    const label = this.status === "saving" ? "editor.saving" : this.isChanged || this.status !== "saved" ? "editor.save" : "editor.saved";
    return html`<button
      class="button filled"
      ?disabled=${!this.isChanged || this.status === "saving"}
      @click=${() => void this.save(camera)}
    >
      ${icon(mdiCheck)}${text(label)}
    </button>`;
  }

  private renderTools(shape: Shape | undefined): TemplateResult {
    const { text } = this.app;
    if (this.drawing)
      return html`<div class="tools">
        <span class="hint">${text("editor.draw_hint")}</span>
        ${this.tool("editor.finish", mdiCheck, () => this.canvas.finish())}
        ${this.tool("editor.cancel", mdiClose, () => this.draw(""))}
      </div>`;
    return html`<div class="tools">
      ${this.tool("undo", mdiUndo, () => this.travel("undo"), !this.steps?.canUndo)}
      ${this.tool("redo", mdiRedo, () => this.travel("redo"), !this.steps?.canRedo)}
      <button class="button" aria-pressed=${this.snap} @click=${() => (this.snap = !this.snap)}>
        ${icon(mdiMagnet)}${text("editor.snap")}
      </button>
      <span class="hint">${shape ? text("editor.edit_hint") : text("editor.pick_hint")}</span>
      ${this.tool(
        "editor.delete_point",
        mdiVectorPointMinus,
        () => this.deletePoint(shape),
        !shape || this.point < 0 || shape.points.length <= LEAST_POINTS,
      )}
      ${this.tool("editor.delete", mdiDeleteOutline, () => this.delete(), !shape)}
    </div>`;
  }

  private tool(label: TextKey, path: string, act: () => void, disabled = false): TemplateResult {
    const words = this.app.text(label);
    return html`<button class="round" aria-label=${words} title=${words} ?disabled=${disabled} @click=${act}>
      ${icon(path)}
    </button>`;
  }

  private renderList(kind: Kind): TemplateResult {
    const { text } = this.app;
    const shapes = this.shapes.filter((shape) => shape.kind === kind);
    return html`<section class="card ${kind}">
      <div class="row">
        <h3><i></i>${text(`editor.${kind}s`)}</h3>
        <button class="round" aria-label=${text(`editor.add_${kind}`)} @click=${() => this.draw(kind)}>
          ${icon(mdiPlus)}
        </button>
      </div>
      ${shapes.length
        ? html`<ul>
            ${shapes.map(
              (shape, index) =>
                html`<li>
                  <button aria-pressed=${shape.id === this.picked} @click=${() => this.pick(shape.id)}>
                    <bdi class="clip">${kind === "zone" ? shape.name : text("editor.mask", { number: index + 1 })}</bdi>
                  </button>
                </li>`,
            )}
          </ul>`
        : html`<p class="quiet">${text(`editor.${kind}_help`)}</p>`}
    </section>`;
  }

  private renderYaml(camera: CameraInfo): TemplateResult {
    const { text } = this.app;
    const yaml = toYaml(camera.name, this.shapes);
    return html`<section class="card">
      <h3>${text("editor.yaml")}</h3>
      <p class="quiet">${text("editor.yaml_help")}</p>
      <pre tabindex="0" role="region" aria-label=${text("editor.yaml")}>${yaml}</pre>
      <button class="button" @click=${() => void this.copy(yaml)}>
        ${icon(mdiContentCopy)}${text(this.status === "copied" ? "editor.copied" : "editor.copy")}
      </button>
    </section>`;
  }

  private get shapes(): readonly Shape[] {
    return this.steps?.now ?? [];
  }

  private get isChanged(): boolean {
    return JSON.stringify(this.shapes) !== JSON.stringify(this.saved);
  }

  private isEditable(camera: CameraInfo): boolean {
    return this.app.system(camera.entry_id)?.is_editable ?? false;
  }

  private async load(camera: CameraInfo): Promise<void> {
    try {
      this.saved = await loadShapes(this.app.api, camera);
      this.steps = new History(this.saved);
      this.picked = "";
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  private async save(camera: CameraInfo): Promise<void> {
    const shapes = this.shapes;
    this.status = "saving";
    this.problem = "";
    try {
      await saveShapes(this.app.api, camera, shapes);
      this.saved = shapes;
      this.status = "saved";
    } catch (error) {
      this.status = "";
      this.problem = messageOf(error);
    }
  }

  private async copy(yaml: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(yaml);
      this.status = "copied";
    } catch {
      const text = this.renderRoot.querySelector("pre");
      if (text) getSelection()?.selectAllChildren(text);
    }
  }

  private pick(id: string): void {
    this.picked = id;
    this.point = -1;
  }

  private draw(kind: Kind | ""): void {
    this.drawing = kind;
    if (kind) this.pick("");
    void this.updateComplete.then(() => this.canvas.reset());
  }

  private add(points: readonly Point[]): void {
    const kind = this.drawing || "zone";
    const id = crypto.randomUUID?.() ?? String(Math.random());
    const number = this.shapes.filter((shape) => shape.kind === "zone").length + 1;
    const name = kind === "zone" ? this.app.text("editor.zone", { number }) : "";
    const shape: Shape = { id, kind, points, name, objects: [], inertia: 1, loitering_time: 0, is_required: false };
    this.step([...this.shapes, shape]);
    this.drawing = "";
    this.pick(id);
  }

  private reshape({ id, points, isStep }: Change): void {
    const next = this.shapes.map((shape) => (shape.id === id ? { ...shape, points } : shape));
    if (isStep) this.step(next);
    else {
      this.steps?.replace(next);
      this.requestUpdate();
    }
  }

  private revise(id: string, change: Partial<Shape>): void {
    this.step(this.shapes.map((shape) => (shape.id === id ? { ...shape, ...change } : shape)));
  }

  private deletePoint(shape: Shape | undefined): void {
    if (!shape || this.point < 0) return;
    this.revise(shape.id, { points: removed(shape.points, this.point) });
    this.point = -1;
  }

  private delete(): void {
    this.step(this.shapes.filter(({ id }) => id !== this.picked));
    this.pick("");
  }

  private step(next: readonly Shape[]): void {
    this.steps?.push(next);
    this.status = "";
    this.requestUpdate();
  }

  private travel(direction: "undo" | "redo"): void {
    this.steps?.[direction]();
    this.point = -1;
    this.status = "";
    this.requestUpdate();
  }

  private readonly key = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    if (target instanceof HTMLElement && target.matches("input")) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") this.travel(event.shiftKey ? "redo" : "undo");
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "y") this.travel("redo");
    else if (event.key === "Escape") {
      if (this.drawing) this.draw("");
      else this.pick("");
    } else return;
    event.preventDefault();
  };

  private readonly warn = (event: BeforeUnloadEvent): void => {
    if (this.isChanged) event.preventDefault();
  };

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 12px;
        grid-template-columns: minmax(0, 1fr);
      }
      .head,
      .row,
      .tools {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .head h2 {
        flex: 1;
      }
      .columns {
        display: grid;
        gap: var(--gap);
        grid-template-columns: minmax(0, 1fr) 320px;
        align-items: start;
      }
      .main,
      aside {
        display: grid;
        gap: 12px;
        min-width: 0;
      }
      .tools {
        min-height: 44px;
      }
      .hint {
        flex: 1;
        color: var(--quiet);
        text-align: center;
        min-width: 0;
      }
      section {
        padding: 10px 16px 14px;
        display: grid;
        gap: 8px;
        --tone: #0288d1;
      }
      .motion_mask {
        --tone: #f4511e;
      }
      .object_mask {
        --tone: #8e24aa;
      }
      .row {
        justify-content: space-between;
      }
      h3 {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      h3 i {
        width: 12px;
        height: 12px;
        border-radius: 3px;
        background: var(--tone);
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 4px;
      }
      li button {
        display: flex;
        width: 100%;
        min-height: 40px;
        padding: 0 12px;
        align-items: center;
        text-align: start;
        border-radius: 8px;
        border-inline-start: 4px solid transparent;
      }
      li button:hover {
        background: color-mix(in srgb, var(--text) 6%, transparent);
      }
      li button[aria-pressed="true"] {
        background: color-mix(in srgb, var(--tone) 16%, transparent);
        border-color: var(--tone);
        font-weight: 500;
      }
      pre {
        margin: 0;
        padding: 12px;
        max-height: 320px;
        overflow: auto;
        border-radius: 8px;
        background: color-mix(in srgb, var(--text) 7%, transparent);
        font-size: 12px;
        line-height: 18px;
        direction: ltr;
      }
      @media (max-width: 1000px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 600px) {
        .tools {
          flex-wrap: wrap;
        }
        .hint {
          order: 9;
          flex-basis: 100%;
        }
      }
    `,
  ];
}
