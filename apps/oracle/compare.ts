import type { Figure } from './oracle.js';

export interface Difference {
  readonly key: string;
  readonly name: string;
  readonly product: number;
  readonly oracle: number;
}

export interface Comparison {
  /** Figures that at least one side gives and that are not nothing. */
  readonly compared: number;
  readonly differing: number;
  /** The first ones. */
  readonly differences: readonly Difference[];
}

const shown = 20;

/** Compares figure by figure; one that a side does not give is 0 there. */
export class Figures {
  private readonly open = new Map<string, number>();
  private same = 0;

  /** The product's figures first, all of them. */
  product(figures: readonly Figure[]): void {
    for (const { key, name, value } of figures) {
      const of = `${name} ${key}`;
      this.open.set(of, (this.open.get(of) ?? 0) + value);
    }
  }

  oracle(figures: readonly Figure[]): void {
    for (const { key, name, value } of figures) {
      const of = `${name} ${key}`;
      const left = (this.open.get(of) ?? 0) - value;
      if (left === 0) {
        if (this.open.delete(of)) this.same += 1;
      } else this.differing.push({ key, name, product: this.open.get(of) ?? 0, oracle: value });
      if (left !== 0) this.open.delete(of);
    }
  }

  private readonly differing: Difference[] = [];

  result(): Comparison {
    const alone = [...this.open].flatMap(([of, product]) => {
      const [name = '', ...key] = of.split(' ');
      return product === 0 ? [] : [{ key: key.join(' '), name, product, oracle: 0 }];
    });
    const differences = [...this.differing, ...alone];
    const differing = differences.length;
    return { compared: this.same + differing, differing, differences: differences.slice(0, shown) };
  }
}
