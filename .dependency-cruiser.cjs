/** Import arrows of docs/adr and style: each rule says why. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means two files are one thing, or one thing too many.',
      severity: 'error',
      from: { pathNot: '^dist/' },
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kernel-imports-nothing',
      comment: 'The kernel is pure: no I/O, no package but hashing for ids.',
      severity: 'error',
      from: { path: '^(dist/)?libs/kernel/src', pathNot: '\\.spec\\.[jt]s$' },
      to: { pathNot: '^(dist/)?libs/kernel/src|^(node:)?crypto$' },
    },
    {
      name: 'events-import-kernel-types-only',
      comment: 'Events live for years; they depend on nothing that changes faster.',
      severity: 'error',
      from: { path: '\\.events\\.[jt]s$' },
      to: { pathNot: '^(dist/)?libs/kernel/src|\\.events\\.[jt]s$' },
    },
    {
      name: 'deciders-see-kernel-events-and-rules',
      comment: 'A decision is pure: own events and rules, kernel, and types of commands.',
      severity: 'error',
      from: { path: '\\.decider\\.[jt]s$' },
      to: {
        pathNot: '^(dist/)?libs/kernel/src|\\.(events|rules|decider|codes)\\.[jt]s$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'resolvers-never-see-events-or-deciders',
      comment: 'A resolver sends commands and shows rows.',
      severity: 'error',
      from: { path: '\\.resolver\\.[jt]s$' },
      to: { path: '\\.(events|decider)\\.[jt]s$' },
    },
    {
      name: 'policies-see-event-types',
      comment: 'A policy turns an event into commands; it decides nothing.',
      severity: 'error',
      from: { path: '\\.policy\\.[jt]s$' },
      to: { path: '\\.(decider|facts|resolver)\\.[jt]s$' },
    },
    {
      name: 'nobody-imports-apps',
      comment: 'Apps compose and start; what others need belongs to a library.',
      severity: 'error',
      from: { path: '^(libs|eventstore)/' },
      to: { path: '^(dist/)?apps/' },
    },
    {
      name: 'oracle-shares-nothing',
      comment: 'What checks the product must not be the product.',
      severity: 'error',
      from: { path: '^(dist/)?apps/oracle/oracle[^/]*\\.[jt]s$', pathNot: '\\.spec\\.' },
      to: { path: '^(dist/)?(libs|eventstore|apps/(?!oracle/oracle))' },
    },
    {
      name: 'eventstore-knows-no-domain',
      comment: 'The store carries events; it knows none of them.',
      severity: 'error',
      from: { path: '^eventstore/' },
      to: { path: '^(dist/)?libs/(brokerage|projections|platform|runtime|demo)/' },
    },
    {
      name: 'write-side-knows-no-read-side',
      comment: 'Decisions ask for lists through the fact reader, never a read model directly.',
      severity: 'error',
      from: { path: '^(dist/)?libs/brokerage/' },
      to: { path: '^(dist/)?libs/(projections|runtime|demo)/' },
    },
    {
      name: 'database-behind-ports',
      comment: 'Only the store and the projector speak SQLite.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot:
          '^(dist/)?libs/projections/src/projector/|^(dist/)?apps/(bench|golden)/|\\.spec\\.[jt]s$|^(dist/)?apps/cli/',
      },
      to: { path: 'better-sqlite3' },
    },
  ],
  options: {
    // Aliases such as #kernel/… lead to the built files: run it after a build.
    doNotFollow: { path: 'node_modules|^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,

    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
