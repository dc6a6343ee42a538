import { deriveId, idOfKey, isUuid, uuidV7 } from './ids.js';

describe('Derived ids', () => {
  const commandId = '019aab00-1234-7abc-8def-0123456789ab';

  it('are the same for the same parts and keep the time of their source', () => {
    expect(deriveId(commandId, 'carePackage')).toBe(deriveId(commandId, 'carePackage'));
    expect(deriveId(commandId, 'carePackage').slice(0, 13)).toBe(commandId.slice(0, 13));
  });

  it('differ as soon as one part differs', () => {
    expect(deriveId(commandId, 'offer')).not.toBe(deriveId(commandId, 'carePackage'));
    expect(idOfKey('a', 'b')).not.toBe(idOfKey('ab', ''));
  });

  it('are UUIDs of version 7', () => {
    for (const id of [
      deriveId(commandId, 'x', 1),
      idOfKey('key'),
      uuidV7(1_760_000_000_000, 'ab'.repeat(10)),
    ]) {
      expect(isUuid(id)).toBe(true);
    }
  });
});
