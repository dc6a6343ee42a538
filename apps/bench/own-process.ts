import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a file in a Node process of its own and answers the JSON that it prints. */
export async function answerOf<Answer>(file: string, ...args: string[]): Promise<Answer> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${String(code)}`);
  return JSON.parse(said) as Answer;
}
