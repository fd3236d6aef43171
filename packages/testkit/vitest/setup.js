// Once per test run: one PostgreSQL for all test files, and a nats-server binary at hand.
export { startBacking as setup, stopBacking as teardown } from '../dist/backing.js'
