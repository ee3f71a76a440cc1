/** The part of Home Assistant's frontend that the panel uses. */

export interface HassEntity {
  entity_id: string;
  state: string;
  attributes: Record<string, unknown>;
  last_changed: string;
}

export interface Connection {
  subscribeMessage<T>(callback: (message: T) => void, command: Record<string, unknown>): Promise<() => void>;
}

export interface Hass {
  states: Record<string, HassEntity | undefined>;
  connection: Connection;
  language: string;
  locale: { language: string; time_format: string; time_zone: string };
  config: { time_zone: string };
  user?: { is_admin: boolean; name: string };
  dockedSidebar?: string;
  kioskMode?: boolean;
  themes?: { darkMode: boolean };
  hassUrl(path?: string): string;
  callWS<T>(command: Record<string, unknown>): Promise<T>;
  callService(domain: string, service: string, data: Record<string, unknown>): Promise<unknown>;
}

export interface Route {
  prefix: string;
  path: string;
}

/** Whether an entity is on; false for one that is missing or unavailable. */
export function isOn(hass: Hass, entity: string | undefined): boolean {
  return entity !== undefined && hass.states[entity]?.state === "on";
}

/** The words of an error that a WebSocket command answered with. */
export function messageOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  return String(error);
}
