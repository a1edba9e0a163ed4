import type { TargetView, View } from "./model.ts";

/** A request of an answer is under way. What waits for its turn is not. */
export function send(view: Pick<View, "asking">, target: TargetView, key: string): void {
  if (view.asking.has(key)) return;
  view.asking.add(key);
  target.inFlight++;
}

/** A request of the answer has ended; another one may follow. */
export function land(view: Pick<View, "asking">, target: TargetView, key: string): void {
  if (view.asking.delete(key)) target.inFlight--;
}
