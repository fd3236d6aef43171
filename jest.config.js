/** Tests run on the TypeScript sources, as ES modules, against real PostgreSQL and nats-server. */
export default {
  roots: ['packages', 'services', 'gateway', 'infra', 'bench', 'e2e'].map((dir) => `<rootDir>/${dir}`),
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.(crash|keycloak)\\.test\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/packages/testkit/jest/setup.js',
  globalTeardown: '<rootDir>/packages/testkit/jest/teardown.js',
  testTimeout: 60_000,
  maxWorkers: 2,
}
