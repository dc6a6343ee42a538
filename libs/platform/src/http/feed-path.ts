import type { IncomingMessage } from 'node:http';

/** Where providers' real-time feeds send to; their bodies are kept as they were signed. */
export const feedPath = '/ecm/events';

export const isOfFeed = ({ url = '' }: IncomingMessage): boolean =>
  url.toLowerCase().startsWith(`${feedPath}/`);
