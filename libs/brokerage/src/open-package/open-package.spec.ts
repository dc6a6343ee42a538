import { specFor } from '#kernel/spec-dsl.js';
import { openPackageReservation, openPackageSlice } from './open-package.slice.js';

const { given } = specFor(openPackageSlice.decider);
const [first, second] = ['package-1', 'package-2'];
const reserved = { type: 'KeyReserved', data: { holder: first } };
const released = { type: 'KeyReleased', data: { holder: first } };
const release = { personId: 'person-1', serviceLine: 'long-term', packageId: first };

describe('The key of a person’s open package', () => {
  it('is free again when its package is over (X1)', () => {
    given(reserved).when('ReleaseOpenPackage', release).then(released);
  });

  it('stays with its package when another one is over (X1)', () => {
    given(reserved)
      .when('ReleaseOpenPackage', { ...release, packageId: second })
      .thenNothing();
  });

  it('is released once', () => {
    given(reserved, released).when('ReleaseOpenPackage', release).thenNothing();
    given().when('ReleaseOpenPackage', release).thenNothing();
  });

  it('is one for each person and service line (X1)', () => {
    const stream = (personId: string, serviceLine: string) =>
      openPackageReservation(personId, serviceLine, 'package-1').stream;
    expect(stream('person-1', 'long-term')).toBe(stream('person-1', 'long-term'));
    expect(stream('person-1', 'long-term')).not.toBe(stream('person-1', 'short-term'));
    expect(stream('person-1', 'long-term')).not.toBe(stream('person-2', 'long-term'));
  });

  it('tells which package holds it (X1)', () => {
    const { refusal } = openPackageReservation('person-1', 'long-term', second);
    expect(refusal.code).toBe('OpenPackageExists');
    expect(refusal.message(first)).toContain('package-1');
  });
});
