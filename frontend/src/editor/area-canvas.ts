/** Draws shapes over a camera's picture, by mouse, touch and keyboard. */

import { css, html, LitElement, nothing, svg, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import type { App } from "../app.js";
import type { CameraInfo } from "../api.js";
import "../live/camera-still.js";
import { shared } from "../style.js";
import {
  center,
  clamped,
  inserted,
  LEAST_POINTS,
  middle,
  moved,
  type Point,
  removed,
  type Shape,
  snapped,
  withPoint,
} from "./polygon.js";

const REACH_PX = 12;
const STEP = 0.002;
const LARGE_STEP = 0.02;

export interface Change {
  id: string;
  points: readonly Point[];
  /** Whether this is a step of its own, or a part of dragging. */
  isStep: boolean;
}

interface Drag {
  /** The point, or -1 for the whole shape. */
  index: number;
  from: Point;
  points: readonly Point[];
  isStep: boolean;
}

/** Fires `change` (Change), `pick` (the ID of a shape, or ""), `point` (the index of a point) and `drawn` (points). */
@customElement("fn-area-canvas")
export class AreaCanvas extends LitElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) camera!: CameraInfo;
  @property({ attribute: false }) shapes: readonly Shape[] = [];
  @property() picked = "";
  @property({ type: Number }) pickedPoint = -1;
  @property({ type: Boolean }) snap = true;
  /** Whether a new shape is being drawn. */
  @property({ type: Boolean }) drawing = false;
  @state() private draft: Point[] = [];
  @state() private cursor: Point = [0.5, 0.5];
  @query("svg") private svg!: SVGSVGElement;
  private drag?: Drag;

  protected override render(): TemplateResult {
    const aspect = (this.camera.width ?? 16) / (this.camera.height ?? 9);
    return html`<div class="stage" style=${styleMap({ "--aspect": aspect.toFixed(4) })}>
      <fn-camera-still .app=${this.app} .camera=${this.camera} .height=${1080} .interval=${5000}></fn-camera-still>
      <svg
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        tabindex=${this.drawing ? 0 : -1}
        role="application"
        aria-label=${this.app.text(this.drawing ? "editor.drawing" : "editor.canvas")}
        class=${this.drawing ? "drawing" : ""}
        @pointerdown=${this.press}
        @pointermove=${this.move}
        @pointerup=${this.release}
        @pointercancel=${this.release}
        @keydown=${this.key}
      >
        ${this.shapes.map((shape) => this.renderShape(shape))}
        ${this.draft.length
          ? svg`<polyline class="draft" points=${path([...this.draft, this.cursor])}></polyline>`
          : nothing}
      </svg>
      ${this.drawing ? this.renderDraft() : this.renderHandles()}
      ${this.shapes
        .filter(({ kind, name }) => kind === "zone" && name)
        .map(
          ({ name, points }) => html`<span class="label" style=${styleMap(placed(center(points)))}><bdi>${name}</bdi></span>`,
        )}
    </div>`;
  }

  /** Begin, or give up, a new shape. */
  reset(): void {
    this.draft = [];
    this.cursor = [0.5, 0.5];
    if (this.drawing) void this.updateComplete.then(() => this.svg.focus());
  }

  /** Close the shape that is being drawn, if it has enough points. */
  finish(): void {
    if (this.draft.length < LEAST_POINTS) return;
    const points = this.draft;
    this.draft = [];
    this.dispatchEvent(new CustomEvent<Point[]>("drawn", { detail: points }));
  }

  private renderShape(shape: Shape): TemplateResult<2> {
    return svg`<polygon
      class="${shape.kind} ${shape.id === this.picked ? "picked" : ""}"
      data-shape=${shape.id}
      points=${path(shape.points)}
    ></polygon>`;
  }

  private renderHandles(): TemplateResult | typeof nothing {
    const shape = this.shape;
    if (!shape) return nothing;
    const { points } = shape;
    const { text } = this.app;
    return html`${points.map((point, index) => {
      const next = points[(index + 1) % points.length] ?? point;
      const between = middle(point, next);
      return html`<button
          class="point ${index === this.pickedPoint ? "picked" : ""}"
          style=${styleMap(placed(point))}
          aria-label=${text("editor.point", {
            number: index + 1,
            count: points.length,
            x: Math.round(point[0] * 100),
            y: Math.round(point[1] * 100),
          })}
          @pointerdown=${(event: PointerEvent) => this.pressPoint(event, index)}
          @pointermove=${this.move}
          @pointerup=${this.release}
          @focus=${() => this.fire("point", index)}
          @keydown=${(event: KeyboardEvent) => this.keyPoint(event, index)}
        ></button>
        <button
          class="edge"
          style=${styleMap(placed(between))}
          aria-label=${text("editor.insert", { number: index + 1 })}
          @click=${() => this.change(inserted(points, index, between), index + 1)}
        ></button>`;
    })}`;
  }

  private renderDraft(): TemplateResult {
    return html`${this.draft.map(
        (point, index) =>
          html`<i class="point ${index === 0 ? "first" : ""}" style=${styleMap(placed(point))}></i>`,
      )}<i class="cross" style=${styleMap(placed(this.cursor))}></i>`;
  }

  private get shape(): Shape | undefined {
    return this.shapes.find(({ id }) => id === this.picked);
  }

  private at(event: PointerEvent): Point {
    const box = this.svg.getBoundingClientRect();
    return clamped([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  }

  private near(point: Point): Point {
    if (!this.snap) return clamped(point);
    const corners = this.shapes.filter(({ id }) => id !== this.picked).flatMap(({ points }) => points);
    return snapped(clamped(point), corners, REACH_PX / this.svg.clientWidth);
  }

  private press(event: PointerEvent): void {
    if (this.drawing) {
      this.addPoint(this.near(this.at(event)));
      return;
    }
    const id = (event.target as Element).getAttribute("data-shape") ?? "";
    this.fire("pick", id);
    const shape = this.shapes.find((one) => one.id === id);
    if (!shape) return;
    this.svg.setPointerCapture(event.pointerId);
    this.drag = { index: -1, from: this.at(event), points: shape.points, isStep: true };
  }

  private pressPoint(event: PointerEvent, index: number): void {
    const shape = this.shape;
    if (!shape) return;
    (event.target as Element).setPointerCapture(event.pointerId);
    this.fire("point", index);
    this.drag = { index, from: this.at(event), points: shape.points, isStep: true };
  }

  private move(event: PointerEvent): void {
    const at = this.at(event);
    if (this.drawing) this.cursor = this.near(at);
    const { drag } = this;
    if (!drag) return;
    const past: Point = [at[0] - drag.from[0], at[1] - drag.from[1]];
    if (drag.isStep && Math.hypot(...past) * this.svg.clientWidth < 3) return;
    const points = drag.index < 0 ? moved(drag.points, past) : withPoint(drag.points, drag.index, this.near(at));
    this.fire<Change>("change", { id: this.picked, points, isStep: drag.isStep });
    drag.isStep = false;
  }

  private release(): void {
    this.drag = undefined;
  }

  /** Add a point; one on the first point closes the shape. */
  private addPoint(point: Point): void {
    const first = this.draft[0];
    const reach = REACH_PX / this.svg.clientWidth;
    if (first && this.draft.length >= LEAST_POINTS && Math.hypot(first[0] - point[0], first[1] - point[1]) < reach)
      this.finish();
    else this.draft = [...this.draft, point];
    this.cursor = point;
  }

  private key(event: KeyboardEvent): void {
    if (!this.drawing) return;
    const step = stepOf(event);
    if (step) this.cursor = clamped([this.cursor[0] + step[0], this.cursor[1] + step[1]]);
    else if (event.key === " ") this.addPoint(this.near(this.cursor));
    else if (event.key === "Enter") this.finish();
    else if (event.key === "Backspace") this.draft = this.draft.slice(0, -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private keyPoint(event: KeyboardEvent, index: number): void {
    const points = this.shape?.points ?? [];
    const point = points[index];
    const step = stepOf(event);
    if (!point) return;
    if (step) this.change(withPoint(points, index, [point[0] + step[0], point[1] + step[1]]), index);
    else if (event.key === "Delete" || event.key === "Backspace") this.change(removed(points, index), Math.max(0, index - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private change(points: readonly Point[], pickedPoint: number): void {
    this.fire<Change>("change", { id: this.picked, points, isStep: true });
    this.fire("point", pickedPoint);
  }

  private fire<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent<T>(name, { detail }));
  }

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        direction: ltr; /* pictures are not mirrored */
      }
      .stage {
        position: relative;
        aspect-ratio: var(--aspect);
        width: min(100%, calc((100dvh - 220px) * var(--aspect)));
        min-width: min(100%, 320px);
        margin-inline: auto;
        background: #101214;
        border-radius: 8px;
      }
      fn-camera-still,
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        border-radius: 8px;
        overflow: hidden;
      }
      svg {
        touch-action: none;
      }
      svg.drawing {
        cursor: crosshair;
      }
      polygon {
        --tone: #29b6f6;
        fill: color-mix(in srgb, var(--tone) 22%, transparent);
        stroke: var(--tone);
        stroke-width: 2.5px;
        vector-effect: non-scaling-stroke;
        cursor: pointer;
      }
      polygon.motion_mask {
        --tone: #ff7043;
        fill: color-mix(in srgb, var(--tone) 40%, transparent);
      }
      polygon.object_mask {
        --tone: #ab47bc;
        fill: color-mix(in srgb, var(--tone) 40%, transparent);
      }
      polygon.picked {
        stroke-width: 4px;
        cursor: move;
      }
      .drawing polygon {
        pointer-events: none;
      }
      .draft {
        fill: none;
        stroke: #fff;
        stroke-width: 2.5px;
        stroke-dasharray: 7 5;
        vector-effect: non-scaling-stroke;
        filter: drop-shadow(0 0 2px #000);
      }
      .point,
      .edge,
      .cross,
      .label {
        position: absolute;
        translate: -50% -50%;
      }
      .point,
      .edge {
        width: 28px;
        height: 28px;
        display: grid;
        place-items: center;
        touch-action: none;
        cursor: grab;
        border-radius: 50%;
      }
      .point::after {
        content: "";
        width: 14px;
        height: 14px;
        border-radius: 50%;
        background: #fff;
        border: 3px solid #0277bd;
        box-shadow: 0 0 4px rgb(0 0 0 / 60%);
      }
      .point.picked::after {
        background: #ffb300;
        border-color: #fff;
      }
      .point.first::after {
        border-color: #ffb300;
      }
      i.point {
        pointer-events: none;
      }
      .edge {
        cursor: copy;
        width: 24px;
        height: 24px;
      }
      .edge::after {
        content: "";
        width: 9px;
        height: 9px;
        border-radius: 50%;
        background: rgb(255 255 255 / 75%);
        box-shadow: 0 0 3px rgb(0 0 0 / 70%);
      }
      .cross {
        width: 21px;
        height: 21px;
        pointer-events: none;
        background:
          linear-gradient(#fff, #fff) center / 1.5px 100% no-repeat,
          linear-gradient(#fff, #fff) center / 100% 1.5px no-repeat;
        filter: drop-shadow(0 0 1px #000);
      }
      .label {
        max-width: 40%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        padding: 2px 10px;
        border-radius: 12px;
        background: rgb(0 0 0 / 66%);
        color: #fff;
        font-weight: 500;
        pointer-events: none;
      }
    `,
  ];
}

function path(points: readonly Point[]): string {
  return points.map((point) => point.join(",")).join(" ");
}

function placed([x, y]: Point): Record<string, string> {
  return { left: `${x * 100}%`, top: `${y * 100}%` };
}

function stepOf(event: KeyboardEvent): Point | undefined {
  const size = event.shiftKey ? LARGE_STEP : STEP;
  const steps: Record<string, Point> = {
    ArrowLeft: [-size, 0],
    ArrowRight: [size, 0],
    ArrowUp: [0, -size],
    ArrowDown: [0, size],
  };
  return steps[event.key];
}
