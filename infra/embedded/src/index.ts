export { childEnv, defaultCacheDir, refuseProduction } from './config.js'
export { userRepresentation } from './issuer/admin-api.js'
export {
  DEMO_PASSWORD,
  type DemoClient,
  type DemoUser,
  demoClients,
  demoUsers,
  serviceClient,
} from './issuer/demo-users.js'
export { setEnded } from './issuer/ended-users.js'
export { type Issuer, type IssuerOptions, startIssuer } from './issuer/issuer.js'
export type { PrivateKey } from './issuer/issuer-keys.js'
export { groupsOf, principalNames } from './issuer/principal.js'
export { signToken, type TokenOptions } from './issuer/token.js'
export { type Nats, type NatsOptions, startNats } from './nats/nats.js'
export { findNats, type NatsBinary } from './nats/nats-binary.js'
export { type Postgres, type PostgresOptions, startPostgres } from './postgres/postgres.js'
export {
  type ChildOptions,
  type Command,
  endWithParent,
  type Progress,
  type Running,
  startChild,
  untilReady,
} from './processes/child.js'
export { lockFolder, waitForLock } from './processes/lock.js'
export { claimPort, freePort } from './processes/ports.js'
