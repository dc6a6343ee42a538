import { eventStoreContract } from './event-store.contract.js';
import { createMemoryStore } from './memory.store.js';

describe('The memory store', () => {
  eventStoreContract({ open: () => Promise.resolve(createMemoryStore()) });
});
