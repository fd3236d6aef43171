import config from './jest.config.js'

/** Slow tests that kill real processes: not part of `npm test`. */
export default {
  ...config,
  testMatch: ['**/*.crash.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 15 * 60_000,
  maxWorkers: 1,
}
