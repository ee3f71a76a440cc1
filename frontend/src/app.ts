/** What all pages share: Home Assistant, the cameras, texts and addresses. */

import { Api, type CameraInfo, type SystemInfo } from "./api.js";
import type { Hass } from "./ha.js";
import { localizer, type Localize } from "./localize.js";
import { Media } from "./media.js";
import { href, type Page } from "./route.js";

export class App {
  readonly api = new Api(() => this.hass);
  readonly media = new Media(() => this.hass);
  text: Localize = localizer();
  systems: SystemInfo[] = [];
  cameras: CameraInfo[] = [];
  prefix = "/frigate-native";

  constructor(public hass: Hass) {}

  get isAdmin(): boolean {
    return this.hass.user?.is_admin ?? false;
  }

  async load(): Promise<void> {
    this.systems = (await this.api.systems()).systems;
    this.cameras = this.systems.flatMap(({ entry_id, cameras }) =>
      cameras.map((camera) => ({ ...camera, entry_id, slug: camera.entity_id.split(".")[1] ?? camera.name })),
    );
  }

  /** The camera with a name in addresses. */
  bySlug(slug: string): CameraInfo | undefined {
    return this.cameras.find((camera) => camera.slug === slug);
  }

  camera(entryId: string, name: string): CameraInfo | undefined {
    return this.cameras.find((camera) => camera.entry_id === entryId && camera.name === name);
  }

  system(entryId: string): SystemInfo | undefined {
    return this.systems.find((system) => system.entry_id === entryId);
  }

  href(page: Page, item?: string, query?: Record<string, string | undefined>): string {
    return href(this.prefix, page, item, query);
  }
}
