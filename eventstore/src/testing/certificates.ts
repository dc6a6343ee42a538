import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  /** PEM of the authority that signed the node's certificate. */
  readonly caFile: string;
  readonly node: { readonly key: Buffer; readonly certificate: Buffer };
}

/** Of this day, for 127.0.0.1, made by `openssl`; nothing secret is kept in the repository. */
export function freshCertificates(directory: string): Certificates {
  const file = (name: string) => join(directory, name);
  const issue = (name: string, ...more: readonly string[]): void => {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), '-days', '2'],
        ...['-subj', `/CN=${name}`, ...more],
      ],
      { stdio: 'ignore' },
    );
  };
  issue('authority', '-addext', 'keyUsage=critical,keyCertSign');
  issue(
    'node',
    ...['-CA', file('authority.pem'), '-CAkey', file('authority.key')],
    ...['-addext', 'basicConstraints=critical,CA:FALSE'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
  );
  return {
    caFile: file('authority.pem'),
    node: { key: readFileSync(file('node.key')), certificate: readFileSync(file('node.pem')) },
  };
}
