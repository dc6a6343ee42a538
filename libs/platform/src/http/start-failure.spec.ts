import { BadConfiguration } from '../config/config.js';
import { startFailure } from './start-failure.js';

const withCode = (code: string, more: object = {}) =>
  Object.assign(new Error(code), { code, ...more });

describe('A failed start', () => {
  it.each([
    [new BadConfiguration(['PORT="x": expected a port number']), /^The configuration[^]*PORT="x"/],
    [withCode('EADDRINUSE', { port: 3000 }), /^Port 3000 is taken by another process/],
    [withCode('EACCES', { port: 80 }), /^Port 80 may not be used/],
    [withCode('EACCES', { path: '/srv/data' }), /^\/srv\/data cannot be written/],
    [withCode('EADDRNOTAVAIL'), /^HOST is no address/],
    ['a thrown text', /^a thrown text$/],
  ])('says in a sentence what an operator can change: %s', (error, sentence) => {
    expect(startFailure(error)).toMatch(sentence);
    expect(startFailure(error)).not.toContain('    at ');
  });

  it('shows where it broke when nobody foresaw it', () => {
    expect(startFailure(new TypeError('broken'))).toMatch(/^TypeError: broken\n {4}at /);
  });
});
