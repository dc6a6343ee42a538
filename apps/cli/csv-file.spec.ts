import { textOf } from './csv-file.js';

describe('The text of a spreadsheet file', () => {
  it.each([
    ['UTF-8', Buffer.from('Caf\u00e9,\u00a0x', 'utf8')],
    ['UTF-16 with its mark', Buffer.from('\ufeffCaf\u00e9,\u00a0x', 'utf16le')],
    ['Windows-1252', Buffer.from('Caf\u00e9,\u00a0x', 'latin1')],
  ])('is read from %s', (_, bytes) => {
    expect(textOf(bytes)).toBe('Caf\u00e9,\u00a0x');
  });
});
