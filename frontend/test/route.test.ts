import { expect, test } from "vitest";
import { href, names, parse } from "../src/route.js";

test.each([
  ["", "live", ""],
  ["/live", "live", ""],
  ["/review/17.5-ab%2Fc", "review", "17.5-ab/c"],
  ["/camera/front_door", "camera", "front_door"],
  ["/nothing", "live", ""],
  ["/camera/%E0%A4%A", "camera", "%E0%A4%A"],
])("reads %s as page %s, item %s", (path, page, item) => {
  expect(parse(path, "")).toMatchObject({ page, item });
});

test("writes what it reads, without empty parameters", () => {
  const address = href("/frigate-native", "review", "a/b", { cameras: "front,<b>", zones: "", show: undefined });
  expect(address).toBe("/frigate-native/review/a%2Fb?cameras=front%2C%3Cb%3E");
  const place = parse("/review/a%2Fb", address.slice(address.indexOf("?")));
  expect(names(place.query, "cameras")).toEqual(["front", "<b>"]);
  expect(names(place.query, "zones")).toEqual([]);
});
