// Once per test run: one PostgreSQL for all test files, and a nats-server binary at hand. Jest loads this file without compiling it.
export { startBacking as default } from '../dist/backing.js'
