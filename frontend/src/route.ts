/** The panel's state in the address, so that every view can be linked and gone back from. */

export const PAGES = ["live", "review", "explore", "recordings", "system"] as const;
export type Page = (typeof PAGES)[number] | "camera" | "edit";

const ALL: readonly Page[] = [...PAGES, "camera", "edit"];

export interface Place {
  page: Page;
  /** What comes after the page, such as a camera. */
  item: string;
  query: URLSearchParams;
}

/** Read a path below the panel's own, and the query. */
export function parse(path: string, search: string): Place {
  const [first = "", item = ""] = path.split("/").filter(Boolean);
  const known = ALL.find((page) => page === first);
  return { page: known ?? "live", item: decode(item), query: new URLSearchParams(search) };
}

/** Write the address of a place. Empty parameters are left out. */
export function href(prefix: string, page: Page, item = "", query: Record<string, string | undefined> = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const search = new URLSearchParams(given).toString();
  return `${prefix}/${page}${item ? `/${encodeURIComponent(item)}` : ""}${search ? `?${search}` : ""}`;
}

/** Go to an address of Home Assistant's frontend without loading it anew. */
export function navigate(address: string, replace = false): void {
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(history.state, "", address);
  else history.pushState(null, "", address);
  window.dispatchEvent(new CustomEvent("location-changed", { detail: { replace } }));
}

/** Names in a comma-separated parameter. */
export function names(query: URLSearchParams, key: string): string[] {
  return (query.get(key) ?? "").split(",").filter(Boolean);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
