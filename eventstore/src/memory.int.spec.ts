import { eventStoreContract } from './event-store.contract.js';
import { eventStoreModel } from './event-store.model.contract.js';
import { createMemoryStore } from './memory.store.js';
import { typedLogContract } from './typed-log.contract.js';

describe('The memory store', () => {
  const open = () => Promise.resolve(createMemoryStore());
  eventStoreContract({ open });
  eventStoreModel(open);

  describe('under a typed log', () => {
    typedLogContract(open);
  });
});
