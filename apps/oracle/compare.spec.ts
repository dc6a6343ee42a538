import { Figures } from './compare.js';

const figure = (key: string, value: number) => ({ key, name: 'pence', value });

describe('A comparison of figures', () => {
  it('counts those that are equal, and names the others', () => {
    const figures = new Figures();
    figures.product([figure('a', 3), figure('b', 5), figure('only here', 7), figure('none', 0)]);
    figures.oracle([figure('a', 3), figure('b', 6), figure('only there', 1)]);
    const { compared, differing, differences } = figures.result();
    expect({ compared, differing }).toEqual({ compared: 4, differing: 3 });
    expect(differences).toEqual([
      { key: 'b', name: 'pence', product: 5, oracle: 6 },
      { key: 'only there', name: 'pence', product: 0, oracle: 1 },
      { key: 'only here', name: 'pence', product: 7, oracle: 0 },
    ]);
  });
});
