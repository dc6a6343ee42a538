/** Tests run on the built output: what is tested is what is shipped, worker threads included. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/dist'],
  testMatch: ['**/*.spec.js'],
  transform: {},
  maxWorkers: 2,
  // End-to-end tests start processes; a busy machine takes its time.
  testTimeout: 120_000,
};
