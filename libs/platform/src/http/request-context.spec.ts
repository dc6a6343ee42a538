import { currentRequest, requestContextOf } from './request-context.js';
import { routeOf } from './route.js';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('A request', () => {
  it('keeps the trace id of its caller as correlation id', () => {
    const context = requestContextOf({ traceparent: `00-${trace}-00f067aa0ba902b7-01` });
    expect(context.correlationId).toBe(trace);
    expect(context.requestId).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([undefined, 'x', `00-${trace}`, `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`])(
    'gets one id for both without a valid traceparent: %s',
    (traceparent) => {
      const { requestId, correlationId } = requestContextOf({
        ...(traceparent && { traceparent }),
      });
      expect(correlationId).toBe(requestId);
    },
  );

  it.each(['a'.repeat(8), 'A-b_c.1234', 'a'.repeat(64)])('keeps a well formed id: %s', (id) => {
    expect(requestContextOf({ 'x-request-id': id }).requestId).toBe(id);
  });

  it.each(['short', 'a'.repeat(65), 'with space', 'line\nbreak', '{"json":1}'])(
    'replaces an id that could spoil a log: %s',
    (id) => {
      expect(requestContextOf({ 'x-request-id': id }).requestId).toMatch(/^[0-9a-f]{32}$/);
    },
  );

  it('is none outside of requests', () => {
    expect(currentRequest().requestId).toBe('none');
  });
});

describe('A route', () => {
  it.each([
    ['/graphql?query=%7Bsecret%7D', '/graphql'],
    ['/graphiql/files/graphiql.js', '/graphiql'],
    ['/health/ready', '/health/ready'],
    ['/reports/league.csv?month=2026-03', '/reports'],
    ['/graphqlx', 'other'],
    ['/people/Mrs%20Smith', 'other'],
    ['', 'other'],
  ])('of %s is %s', (url, route) => {
    expect(routeOf(url)).toBe(route);
  });
});
