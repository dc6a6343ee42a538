import { masked, personalTexts } from './masked.js';

const sealed = { name: { $sealed: {} }, at: 'home', deep: [{ note: { $sealed: {} } }] };
const revealed = { name: 'Ada', at: 'home', deep: [{ note: { by: 'Son', words: ['Knocks'] } }] };

describe('A masked value', () => {
  const personal = personalTexts(sealed, revealed);

  it('keeps nothing that is sealed, wherever it stands, and everything else', () => {
    expect([...personal]).toEqual(['Ada', 'Son', 'Knocks']);
    const state = { who: 'Ada', told: 'Dear Ada', where: 'home', count: 2, none: null };
    expect(masked(state, personal)).toEqual({
      ...{ who: '[personal]', told: '[personal]', where: 'home', count: 2, none: null },
    });
  });

  it('marks what is still sealed, and what was erased', () => {
    expect(masked({ a: { $sealed: {} }, b: [{ $erased: 'p' }] }, new Set())).toEqual({
      ...{ a: '[personal]', b: ['[erased]'] },
    });
  });

  it('does not take a word of two letters for a part of others', () => {
    expect(masked(['Al', 'Also'], new Set(['Al']))).toEqual(['[personal]', 'Also']);
  });
});
