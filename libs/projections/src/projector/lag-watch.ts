/** A projection is ill when it lags over `events` and has not moved for `withoutProgressMs`. */
export interface LagRule {
  readonly events: number;
  readonly withoutProgressMs: number;
}

/** Notices for how long a projection lags without moving. */
export class LagWatch {
  private laggingSinceMs: number | undefined;

  constructor(private readonly rule: LagRule) {}

  /** Whether the rule is broken at `nowMs`. A lag counts from when it was first asked about. */
  isStuck(lagEvents: number, movedAtMs: number, nowMs: number): boolean {
    if (lagEvents <= this.rule.events) {
      this.laggingSinceMs = undefined;
      return false;
    }
    this.laggingSinceMs = Math.max(this.laggingSinceMs ?? nowMs, movedAtMs);
    return nowMs - this.laggingSinceMs > this.rule.withoutProgressMs;
  }
}
