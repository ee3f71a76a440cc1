/** Icons from paths, without a request. */

import {
  mdiAccount,
  mdiBicycle,
  mdiBus,
  mdiCar,
  mdiCat,
  mdiDog,
  mdiMotorbike,
  mdiPackageVariantClosed,
  mdiShapeOutline,
  mdiTruck,
} from "@mdi/js";
import { svg, type TemplateResult } from "lit";

const LABELS: Record<string, string> = {
  person: mdiAccount,
  car: mdiCar,
  truck: mdiTruck,
  bus: mdiBus,
  motorcycle: mdiMotorbike,
  bicycle: mdiBicycle,
  dog: mdiDog,
  cat: mdiCat,
  package: mdiPackageVariantClosed,
};

export function icon(path: string): TemplateResult<2> {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${path}></path></svg>`;
}

export function labelIcon(label: string): TemplateResult<2> {
  return icon(LABELS[label] ?? mdiShapeOutline);
}
