/**
 * A map that forgets what was not asked for lately. After `trim` it holds entries of at most twice
 * `limit` in weight (each weighs 1 unless `weigh` says more), and never forgets between two trims,
 * so that unsaved entries are safe until then.
 */
export class GenerationCache<Value> {
  private young = new Map<string, Value>();
  private old = new Map<string, Value>();

  constructor(
    private readonly limit: number,
    private readonly weigh: (value: Value) => number = () => 1,
  ) {}

  get(key: string): Value | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const kept = this.old.get(key);
    if (kept !== undefined) this.young.set(key, kept);
    return kept;
  }

  set(key: string, value: Value): void {
    this.young.set(key, value);
  }

  delete(key: string): void {
    this.young.delete(key);
    this.old.delete(key);
  }

  trim(): void {
    if (this.weight() <= this.limit) return;
    this.old = this.young;
    this.young = new Map();
  }

  clear(): void {
    this.young = new Map();
    this.old = new Map();
  }

  private weight(): number {
    let weight = 0;
    for (const value of this.young.values()) weight += this.weigh(value);
    return weight;
  }
}
