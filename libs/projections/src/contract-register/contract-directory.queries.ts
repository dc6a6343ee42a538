import type { EventStore, Position } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import type { ContractDirectory } from '#brokerage/csv-import/csv-import.directory.js';
import type { RegisterDirectory } from '#brokerage/register-import/register-import.directory.js';
import { settled, type Projector } from '../read-side.js';
import { contractRegister } from './contract-register.projection.js';

/** All providers with their names and all contracts, up to all that the log holds now. */
export async function contractDirectory(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
): Promise<{ value: ContractDirectory; position: Position }> {
  const reader = projector.reader(contractRegister);
  const position = await settled(reader, contractRegister, store);
  const providers = reader
    .select(systemActor, 'providers')
    .map(({ providerId, comparedNames }) => ({ providerId, comparedNames }));
  const contracts = reader
    .select(systemActor, 'contracts')
    .map(({ contractId, providerId, type, startsOn, endsBefore }) => ({
      ...{ contractId, providerId, type, startsOn, endsBefore },
    }));
  return { value: { providers, contracts }, position };
}

/** The whole register, up to all that the log holds now, for a file to be compared with. */
export async function registerDirectory(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
): Promise<{ value: RegisterDirectory; position: Position }> {
  const reader = projector.reader(contractRegister);
  const position = await settled(reader, contractRegister, store);
  const value = {
    providers: reader.select(systemActor, 'providers'),
    contracts: reader.select(systemActor, 'contracts'),
    frameworks: reader.select(systemActor, 'frameworks'),
  };
  return { value, position };
}
