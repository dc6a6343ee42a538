import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { MailNotSent, type Mail, type MailTransport } from './mail-transport.js';

const composer = createTransport({ streamTransport: true, buffer: true });

/**
 * Puts each mail into a folder as a file that mail programs open, for development. A file is whole or
 * absent, and its name begins with the time of sending; a mail that is sent twice is two files.
 */
export class FolderTransport implements MailTransport {
  constructor(
    private readonly folder: string,
    private readonly now: () => string,
  ) {}

  async send(mail: Mail): Promise<void> {
    const { message } = await composer.sendMail({ ...mail, date: new Date(this.now()) });
    const name = `${this.now().replaceAll(':', '-')}-${randomUUID()}.eml`;
    const unfinished = join(this.folder, `.${name}`);
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await file.writeFile(message);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, join(this.folder, name));
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw new MailNotSent('unavailable', { cause: error });
    }
  }
}
