import { idOfKey } from '#kernel/ids.js';
import { addMinutes } from '#kernel/time.js';
import { sender, type DemoCommand } from './demo-command.js';
import { demoIdentity } from './demo-identity.js';
import type { DemoPackage } from './demo-package.js';
import type { DemoPlan } from './demo-plan.js';
import { SeededRandom } from './seeded-random.js';

/** Who a person is follows the first referral within minutes. */
const identityAfterMinutes = 5;

/** One identity for each person, whichever of their packages comes first. */
export function identityCommands({ seed, packages }: DemoPlan): DemoCommand[] {
  const send = sender(seed);
  const firsts = new Map<string, DemoPackage>();
  for (const carePackage of packages) {
    const { personRef } = carePackage.reference;
    const first = firsts.get(personRef);
    if (!first || carePackage.intakeAt < first.intakeAt) firsts.set(personRef, carePackage);
  }
  return [...firsts.values()].map(({ intakeAt, reference, needs }) => {
    const { system, personRef } = reference;
    const at = addMinutes(intakeAt, identityAfterMinutes);
    const random = new SeededRandom(seed, 'identity', personRef);
    const identity = demoIdentity(random, needs, at.slice(0, 10));
    const fields = { personId: idOfKey('person', system, personRef), identity };
    return send(at, 'RecordIdentity', 'case-system', fields, 'identity', personRef);
  });
}
