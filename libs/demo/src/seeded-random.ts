import { keyHash } from '#kernel/ids.js';

/**
 * Repeatable chance: the same keys give the same numbers on every machine (sfc32 over 128 bits of
 * SHA-256). Each package and each of its weeks draws from a source of its own, so that one more
 * package changes nothing of the others.
 */
export class SeededRandom {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  constructor(...keys: readonly (string | number)[]) {
    const hash = keyHash(...keys);
    const part = (at: number) => Number.parseInt(hash.slice(at, at + 8), 16) | 0;
    [this.a, this.b, this.c, this.counter] = [part(0), part(8), part(16), part(24)];
    for (let warm = 0; warm < 8; warm += 1) this.next();
  }

  /** From 0 up to but not including 1. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends possible. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.next() * items.length)] as Item;
  }

  /** One of the items, each as likely as its weight. */
  weighted<Item>(items: readonly (readonly [Item, number])[]): Item {
    let left = this.next() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      left -= weight;
      if (left < 0) return item;
    }
    return (items.at(-1) as readonly [Item, number])[0];
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = this.int(0, last);
      [order[last], order[other]] = [order[other] as Item, order[last] as Item];
    }
    return order;
  }

  /** Around 0, mostly within -1 and 1, never beyond -3 and 3. */
  bell(): number {
    return (this.next() + this.next() + this.next() - 1.5) * 2;
  }
}
