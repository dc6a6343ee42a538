/** `npm start`: checks the runtime, compiles what changed and runs the api in this process. */
import { prepare } from './prepare.mjs';

await prepare('npm start');
if (process.env.npm_lifecycle_event) endWithParent();
await import('../../dist/apps/api/main.js');

/** A signal to npm ends npm and its shell but does not reach this process, which would live on. */
function endWithParent() {
  const parent = process.ppid;
  const watch = () => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  };
  setInterval(watch, 250).unref();
}
