import type { IncomingMessage } from 'node:http';

/** Where signed requests come to; their bodies are kept as they were signed. */
export const signedPaths = ['/ecm/events', '/integrations/'] as const;

export const isSigned = ({ url = '' }: Pick<IncomingMessage, 'url'>): boolean => {
  const path = url.toLowerCase();
  return signedPaths.some((prefix) => path.startsWith(prefix));
};
