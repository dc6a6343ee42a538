import type { IdentityInput } from '#brokerage/service-user/service-user.commands.js';
import { addDays, addMonths, type CivilDate } from '#kernel/time.js';
import type { DemoNeeds } from './demo-needs.js';
import { demoName } from './demo-people.js';
import type { SeededRandom } from './seeded-random.js';

const streets = [
  'Almond Row',
  'Bobbin Lane',
  'Candlewick Street',
  'Dovecote Close',
  'Everglade Road',
  'Foxglove Terrace',
  'Gooseberry Hill',
  'Heron Walk',
  'Inkwell Passage',
  'Juniper Gardens',
] as const;

/** Years of age at the youngest and oldest of each band. */
const ages: Readonly<Record<DemoNeeds['ageBand'], readonly [number, number]>> = {
  '18-44': [22, 44],
  '45-64': [45, 64],
  '65-74': [65, 74],
  '75-84': [75, 84],
  '85-plus': [85, 99],
};

const postcodeLetters = 'ABDEFGHJLNPQRSTUWXYZ';

/** An invented person who fits the needs: numbers are those kept free for fiction and tests. */
export function demoIdentity(
  random: SeededRandom,
  { ageBand, postcodeDistrict }: Pick<DemoNeeds, 'ageBand' | 'postcodeDistrict'>,
  today: CivilDate,
): IdentityInput {
  const [youngest, oldest] = ages[ageBand];
  const years = random.int(youngest, oldest);
  const letter = () => postcodeLetters.charAt(random.int(0, postcodeLetters.length - 1));
  const name = demoName(random);
  return {
    name,
    bornOn: addDays(addMonths(today, -12 * years), -random.int(1, 360)),
    addressLines: [`${random.int(1, 180)} ${random.pick(streets)}`],
    postcode: `${postcodeDistrict} ${random.int(1, 9)}${letter()}${letter()}`,
    phone: fictionalPhone(random),
    ...(random.chance(0.2) && { preferredName: name.slice(0, 3) }),
    ...(random.chance(0.3) && { email: `${name.toLowerCase().replace(' ', '.')}@example.org` }),
    nhsNumber: testNhsNumber(random),
    ...(random.chance(0.8) && {
      nextOfKin: {
        name: demoName(random),
        relationship: random.pick(['daughter', 'son', 'spouse', 'niece', 'neighbour']),
        phone: fictionalPhone(random),
      },
    }),
  };
}

/** Ofcom keeps 01632 960000 to 960999 for drama. */
const fictionalPhone = (random: SeededRandom): string =>
  `01632 960${String(random.int(0, 999)).padStart(3, '0')}`;

/** A number of the range 999 that the NHS keeps for tests, with its check digit. */
export function testNhsNumber(random: SeededRandom): string {
  for (;;) {
    const nine = `999${String(random.int(0, 999_999)).padStart(6, '0')}`;
    const sum = [...nine].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${nine}${check}`;
  }
}
