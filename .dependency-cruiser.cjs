/** Import arrows of docs/adr and style: each rule says why. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means two files are one thing, or one thing too many.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kernel-imports-nothing',
      comment: 'The kernel is pure: no I/O, no package but hashing for ids.',
      severity: 'error',
      from: { path: '^libs/kernel/src', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/kernel/src|^(node:)?crypto$' },
    },
    {
      name: 'events-import-kernel-types-only',
      comment: 'Events live for years; they depend on nothing that changes faster.',
      severity: 'error',
      from: { path: '\\.events\\.ts$' },
      to: { pathNot: '^libs/kernel/src|\\.events\\.ts$' },
    },
    {
      name: 'deciders-see-kernel-events-and-rules',
      comment: 'A decision is pure: own events and rules, kernel, and types of commands.',
      severity: 'error',
      from: { path: '\\.decider\\.ts$' },
      to: {
        pathNot: '^libs/kernel/src|\\.(events|rules|decider|codes)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'resolvers-never-see-events-or-deciders',
      comment: 'A resolver sends commands and shows rows.',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: '\\.(events|decider)\\.ts$' },
    },
    {
      name: 'policies-see-event-types',
      comment: 'A policy turns an event into commands; it decides nothing.',
      severity: 'error',
      from: { path: '\\.policy\\.ts$' },
      to: { path: '\\.(decider|facts|resolver)\\.ts$' },
    },
    {
      name: 'nobody-imports-apps',
      comment: 'Apps compose and start; what others need belongs to a library.',
      severity: 'error',
      from: { path: '^(libs|eventstore)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'eventstore-knows-no-domain',
      comment: 'The store carries events; it knows none of them.',
      severity: 'error',
      from: { path: '^eventstore/' },
      to: { path: '^libs/(brokerage|projections|platform|runtime|demo)/' },
    },
    {
      name: 'write-side-knows-no-read-side',
      comment: 'Decisions ask for lists through the fact reader, never a read model directly.',
      severity: 'error',
      from: { path: '^libs/brokerage/' },
      to: { path: '^libs/(projections|runtime|demo)/' },
    },
    {
      name: 'database-behind-ports',
      comment: 'Only the store and the projector speak SQLite.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: '^libs/projections/src/projector/|^apps/bench/|\\.spec\\.ts$|^apps/cli/',
      },
      to: { path: 'better-sqlite3' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensionAlias: { '.js': ['.ts', '.js'] },
    },
  },
};
