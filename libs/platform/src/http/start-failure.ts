/** Failures that an operator can act upon from their message alone. */
const expected = new Set([
  'BadAuditKey',
  'BadConfiguration',
  'DataDirectoryLocked',
  'KeysUnusable',
  'LogCut',
  'LogUnfinished',
  'StoreUnavailable',
]);

/** What the process prints when it cannot start: a sentence, or the stack of what nobody foresaw. */
export function startFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (expected.has(error.name)) return error.message;
  const { code, port, path } = error as Error & { code?: string; port?: number; path?: string };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another process. Set PORT to another one.`;
  if (code === 'EACCES' && port !== undefined) return `Port ${port} may not be used by this user.`;
  if (code === 'EACCES' || code === 'EROFS') return `${path ?? 'DATA_DIR'} cannot be written.`;
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
    return 'HOST is no address of this machine.';
  return error.stack ?? error.message;
}
