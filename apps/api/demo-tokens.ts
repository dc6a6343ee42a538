import { demoPersonGrant, issuerPath } from '#platform/local-issuer/issuer-names.js';

/** Tokens of demo people for scripts, each asked for once from the local issuer of a service. */
export class DemoTokens {
  private readonly asked = new Map<string, Promise<string>>();

  constructor(private readonly url: string) {}

  of(person: string): Promise<string> {
    const known = this.asked.get(person) ?? demoToken(this.url, person);
    this.asked.set(person, known);
    known.catch(() => this.asked.delete(person));
    return known;
  }
}

/** A fresh token of a demo person; rejects with what the issuer says against it. */
export async function demoToken(url: string, person: string, seconds?: number): Promise<string> {
  const response = await fetch(`${url}${issuerPath}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: demoPersonGrant, client_id: 'scripts', person },
      ...(seconds !== undefined && { expires_in: String(seconds) }),
    }),
  });
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (!answer.access_token) {
    throw new Error(`no token for ${person}: ${answer.error_description ?? response.status}`);
  }
  return answer.access_token;
}
