/** Stored bytes in JSON: as text, which gives the same bytes in UTF-8, or base64 where they are none. */
export type StoredPart = string | { readonly base64: string };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function storedPart(part: string | Uint8Array): StoredPart {
  if (typeof part === 'string') return part;
  try {
    return decoder.decode(part);
  } catch {
    return { base64: Buffer.from(part).toString('base64') };
  }
}
