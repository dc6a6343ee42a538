/** Checks the runtime and compiles what changed; ends the process when either is not to be had. */
const neededMajor = 24;
const major = Number(process.versions.node.split('.')[0]);

export async function prepare(how) {
  if (major < neededMajor) {
    console.error(
      `This needs Node ${neededMajor} or later and found ${process.versions.node}. ` +
        `Run it with \`${how}\` after \`npm ci\`, which brings its own Node; where none is brought ` +
        `(Apple silicon), install Node ${neededMajor}.`,
    );
    process.exit(1);
  }
  const { build } = await import('./build.mjs');
  const exitCode = build({ onlyIfStale: true });
  if (exitCode !== 0) process.exit(exitCode);
}
