/** `npm start`: checks the runtime, compiles what changed and runs the api in this process. */
const neededMajor = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < neededMajor) {
  console.error(
    `This service needs Node ${neededMajor} or later and found ${process.versions.node}. ` +
      'Run it with `npm start` after `npm ci`, which brings its own Node; where none is brought ' +
      `(Apple silicon), install Node ${neededMajor}.`,
  );
  process.exit(1);
}

const { build } = await import('./build.mjs');
const exitCode = build({ onlyIfStale: true });
if (exitCode !== 0) process.exit(exitCode);
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
