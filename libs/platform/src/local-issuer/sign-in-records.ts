import type { Adapter, AdapterPayload } from 'oidc-provider';

const limit = 2_000;

interface Kept {
  readonly payload: AdapterPayload;
  readonly expiresAtMs: number;
}

/** Sessions, codes and half-done sign-ins, in memory: a restart signs everybody out of the page. */
export class SignInRecords implements Adapter {
  private readonly kept = new Map<string, Kept>();

  upsert(id: string, payload: AdapterPayload, expiresInSeconds = 3_600): Promise<void> {
    this.kept.delete(id);
    this.kept.set(id, { payload, expiresAtMs: Date.now() + expiresInSeconds * 1000 });
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > limit && oldest !== undefined) this.kept.delete(oldest);
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    const found = this.kept.get(id);
    if (found && found.expiresAtMs <= Date.now()) this.kept.delete(id);
    return Promise.resolve(this.kept.get(id)?.payload);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.first((payload) => payload.uid === uid));
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.first((payload) => payload.userCode === userCode));
  }

  consume(id: string): Promise<void> {
    const found = this.kept.get(id);
    if (found) found.payload.consumed = Math.floor(Date.now() / 1000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.kept.delete(id);
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.kept) {
      if (payload.grantId === grantId) this.kept.delete(id);
    }
    return Promise.resolve();
  }

  private first(holds: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    const now = Date.now();
    for (const { payload, expiresAtMs } of this.kept.values()) {
      if (expiresAtMs > now && holds(payload)) return payload;
    }
    return undefined;
  }
}
