export {
  type ChildOptions,
  type Command,
  endWithParent,
  type Progress,
  type Running,
  startChild,
  untilReady,
} from './child.js'
export { childEnv, defaultCacheDir, refuseProduction } from './config.js'
export { DEMO_PASSWORD, type DemoClient, type DemoUser, demoClients, demoUsers, serviceClient } from './demo-users.js'
export { type Issuer, type IssuerOptions, startIssuer } from './issuer.js'
export type { PrivateKey } from './issuer-keys.js'
export { lockFolder, waitForLock } from './lock.js'
export { type Nats, type NatsOptions, startNats } from './nats.js'
export { findNats, type NatsBinary } from './nats-binary.js'
export { claimPort, freePort } from './ports.js'
export { type Postgres, type PostgresOptions, startPostgres } from './postgres.js'
export { groupsOf, principalNames } from './principal.js'
export { signToken, type TokenOptions } from './token.js'
