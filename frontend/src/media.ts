/** Addresses of pictures and videos that a browser can open without a login: signed for this user, for hours. */

import type { CameraInfo } from "./api.js";
import type { Hass } from "./ha.js";

const LIFETIME_S = 6 * 3600;
const RENEWED_MS = (LIFETIME_S * 1000) / 2;
const API = "/api/frigate_native";

interface Signed {
  path: Promise<string>;
  made: number;
}

export class Media {
  private readonly known = new Map<string, Signed>();

  constructor(private readonly hass: () => Hass) {}

  /** Sign a path, or return the address that was signed before. */
  async sign(path: string): Promise<string> {
    let known = this.known.get(path);
    if (known === undefined || Date.now() - known.made > RENEWED_MS) {
      known = { path: this.request(path), made: Date.now() };
      known.path.catch(() => this.known.delete(path));
      if (this.known.size > 2000) this.known.clear();
      this.known.set(path, known);
    }
    return this.hass().hassUrl(await known.path);
  }

  reviewThumbnail(entryId: string, id: string): Promise<string> {
    return this.sign(`${API}/review/${encodeURIComponent(id)}/thumbnail.webp?entry_id=${entryId}`);
  }

  eventThumbnail(entryId: string, id: string): Promise<string> {
    return this.sign(`${API}/events/${encodeURIComponent(id)}/thumbnail.jpg?entry_id=${entryId}`);
  }

  eventSnapshot(entryId: string, id: string): Promise<string> {
    return this.sign(`${API}/events/${encodeURIComponent(id)}/snapshot.jpg?entry_id=${entryId}`);
  }

  /** The playlist of what is recorded of a camera. */
  recording(camera: CameraInfo, start: number, end: number): Promise<string> {
    return this.sign(`${this.range("vod", camera, start, end)}/index.m3u8?entry_id=${camera.entry_id}`);
  }

  /** The same as one file, to download. */
  clip(camera: CameraInfo, start: number, end: number): Promise<string> {
    return this.sign(`${this.range("", camera, start, end)}/clip.mp4?entry_id=${camera.entry_id}`);
  }

  /** The newest picture; each use needs a number of its own, or browsers may show an older one. */
  async still(camera: CameraInfo, height: number, use: number): Promise<string> {
    const address = await this.sign(this.latest(camera, `h=${height}`));
    return `${address}&width=${use}`; // a parameter that signatures leave out
  }

  /** A moving picture with what detection sees drawn into it. */
  debugView(camera: CameraInfo, parts: readonly string[]): Promise<string> {
    const shown = parts.map((part) => `${part}=1`).join("&");
    return this.sign(`${API}/${encodeURIComponent(camera.name)}?${shown}&h=720&fps=5&entry_id=${camera.entry_id}`);
  }

  private latest(camera: CameraInfo, query: string): string {
    return `${API}/${encodeURIComponent(camera.name)}/latest.jpg?${query}&entry_id=${camera.entry_id}`;
  }

  private range(kind: string, camera: CameraInfo, start: number, end: number): string {
    const name = encodeURIComponent(camera.name);
    return `${API}${kind ? `/${kind}` : ""}/${name}/start/${start.toFixed(3)}/end/${end.toFixed(3)}`;
  }

  private async request(path: string): Promise<string> {
    const signed = await this.hass().callWS<{ path: string }>({
      type: "auth/sign_path",
      path,
      expires: LIFETIME_S,
    });
    return signed.path;
  }
}
