import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const conditions = ['source', 'node']
// Its CommonJS form, which libraries load: graphql must be there once only.
const graphql = createRequire(import.meta.url).resolve('graphql')
const minute = 60_000

/** A suite by its name, which the names of its files have too: `vitest run --project crash`. */
const suite = (name, test) => ({ extends: true, test: { name, ...test } })

const never = ['**/node_modules/**', '**/dist/**']
const equality = ['e2e/equality/**/*.test.ts']
const storm = ['e2e/storm/**/*.test.ts']

/** Tests run on the TypeScript sources against real PostgreSQL and nats-server; a worker imports a module once for all of its files. */
export default defineConfig({
  resolve: { conditions, alias: [{ find: /^graphql$/, replacement: graphql }] },
  ssr: { resolve: { conditions } },
  oxc: {
    decorator: { legacy: true, emitDecoratorMetadata: true },
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  },
  test: {
    globals: true,
    globalSetup: 'packages/testkit/vitest/setup.js',
    setupFiles: 'packages/testkit/vitest/environment.js',
    reporters: ['default', './packages/testkit/vitest/summary.js'],
    pool: 'forks',
    isolate: false,
    // A worker waits for PostgreSQL a third of its time.
    maxWorkers: availableParallelism() + 1,
    logHeapUsage: true,
    testTimeout: 5 * minute,
    hookTimeout: 5 * minute,
    exclude: never,
    projects: [
      suite('default', {
        include: ['**/*.test.ts'],
        exclude: [...never, '**/*.{wide,crash,keycloak,images,router,cluster}.test.ts', ...equality, ...storm],
        retry: 1,
      }),
      suite('wide', { include: ['**/*.wide.test.ts'], testTimeout: 15 * minute }),
      suite('equality', { include: equality }),
      suite('storm', { include: storm }),
      suite('crash', { include: ['**/*.crash.test.ts'], testTimeout: 30 * minute }),
      suite('cluster', { include: ['**/*.cluster.test.ts'], testTimeout: 20 * minute }),
      suite('keycloak', { include: ['**/*.keycloak.test.ts'] }),
      suite('router', { include: ['**/*.router.test.ts'], testTimeout: 30 * minute }),
      suite('images', { include: ['**/*.images.test.ts'], testTimeout: 10 * minute, hookTimeout: 30 * minute }),
    ],
  },
})
