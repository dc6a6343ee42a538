import tseslint from 'typescript-eslint';

/** Files whose results must not change with the machine: a replay would change with them. */
const pureFiles = [
  '**/*.decider.ts',
  '**/*.rules.ts',
  '**/*.projection.ts',
  '**/*.upcasters.ts',
  'libs/kernel/src/**/*.ts',
];

const noClock = [
  { object: 'Date', property: 'now', message: 'Take the moment from the context.' },
  { object: 'Math', property: 'random', message: 'Take entropy from the context.' },
  { object: 'crypto', property: 'randomUUID', message: 'Derive ids from the command id.' },
];

const impure = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'No clock here.' },
  { selector: 'AwaitExpression', message: 'A pure file waits for nothing.' },
  { selector: "Identifier[name='randomUUID']", message: 'Derive ids from the command id.' },
  { selector: "MemberExpression[object.name='Intl']", message: 'Locale data differ by machine.' },
  {
    selector: 'CallExpression[callee.property.name=/^(toLocale.*|localeCompare)$/]',
    message: 'Locale data differ by machine.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', '**/*.mjs', '*.config.js', '*.cjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['warn', { max: 150, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: pureFiles,
    ignores: ['**/*.spec.ts', 'libs/kernel/src/spec-dsl.ts'],
    rules: {
      'no-restricted-properties': ['error', ...noClock],
      'no-restricted-syntax': ['error', ...impure],
    },
  },
  {
    files: ['**/*.spec.ts', 'apps/bench/**/*.ts', '**/*.contract.ts'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
);
