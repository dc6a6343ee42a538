import { whyOf } from './package-why.rules.js';

describe('Why something was done to a package', () => {
  it('is told in the words of whoever decided, by name', () => {
    const data = {
      chosenBy: { name: 'Edith', relationship: 'person' },
      reasons: ['The time suits me', 'I know the carer'],
    };
    expect(whyOf({ type: 'OfferChosen', data })).toBe('Edith: The time suits me; I know the carer');
    expect(whyOf({ type: 'PackageVaried', data: { reason: 'A fall' } })).toBe('A fall');
  });

  it('is not told where nobody said why, or the person was erased', () => {
    expect(whyOf({ type: 'RequestClosed', data: { reason: 'unknown to it' } })).toBeUndefined();
    expect(whyOf({ type: 'PackageEnded', data: {} })).toBeUndefined();
    expect(whyOf({ type: 'PackageEnded', data: { reason: { sealed: 'x' } } })).toBeUndefined();
  });
});
