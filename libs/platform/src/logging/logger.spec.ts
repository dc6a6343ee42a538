import { allowedFields } from './logger.js';

describe('A log line', () => {
  it('keeps ids and numbers', () => {
    const fields = { requestId: 'r-1', actorId: 'broker', status: 200, durationMs: 3 };
    expect(allowedFields(fields)).toEqual(fields);
  });

  it('drops whatever is not on the list', () => {
    const fields = {
      requestId: 'r-1',
      variables: { name: 'Smith' },
      headers: {},
      body: 'x',
      req: {},
    };
    expect(allowedFields(fields)).toEqual({ requestId: 'r-1' });
  });

  it('turns an error into its name and stack', () => {
    const err = new TypeError('broken');
    expect(allowedFields({ err })).toEqual({ errorName: 'TypeError', stack: err.stack });
  });
});
