/** Patches of a city that does not exist, with postcode districts that Royal Mail never gave out. */
export interface DemoPatch {
  readonly name: string;
  readonly districts: readonly string[];
  readonly weight: number;
}

export const demoPatches: readonly DemoPatch[] = [
  { name: 'Alderwick', districts: ['ZZ1', 'ZZ2'], weight: 14 },
  { name: 'Brackenholt', districts: ['ZZ3'], weight: 9 },
  { name: 'Candlemere', districts: ['ZZ4', 'ZZ5'], weight: 13 },
  { name: 'Dunnockley', districts: ['ZZ6'], weight: 8 },
  { name: 'Eastrigg', districts: ['ZZ7', 'ZZ8'], weight: 12 },
  { name: 'Fernhallow', districts: ['ZZ9'], weight: 10 },
  { name: 'Gorsebeck', districts: ['ZZ10', 'ZZ11'], weight: 12 },
  { name: 'Harrowmoss', districts: ['ZZ12'], weight: 7 },
  { name: 'Ivelstone', districts: ['ZZ13'], weight: 8 },
  { name: 'Juniper Quay', districts: ['ZZ14'], weight: 7 },
];
