import config from './jest.config.js'

/** Tests that need a real Keycloak (Java 17 or a container, and the network on the first run): not part of `npm test`. */
export default {
  ...config,
  testMatch: ['**/*.keycloak.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 5 * 60_000,
  maxWorkers: 1,
}
