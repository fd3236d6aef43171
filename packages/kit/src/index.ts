import 'reflect-metadata'

export { type AskOptions, createAsk } from './ask.js'
export { type ChainKey, chainKeyOf } from './audit-chain.js'
export {
  type AuditEntry,
  type AuditFilter,
  AuditOutcome,
  auditOrder,
  countAuditLog,
  readAuditLog,
} from './audit-log.js'
export { askAuditCount, askAuditLog } from './audit-part.js'
export { sealing } from './audit-seal.js'
export type { AuditTrail } from './audit-trail.js'
export {
  type ChainFault,
  type ChainFaultKind,
  type ChainHead,
  type ChainReport,
  chainHeads,
  verifyChains,
} from './audit-verify.js'
export { type Actor, bearerToken, createVerifier, type Verifier, type VerifierOptions } from './auth.js'
export { clientCredentials } from './client-credentials.js'
export * from './config.js'
export {
  completeOrder,
  connectionOf,
  maxPageSize,
  type Page,
  PageArgs,
  PageInfo,
  type PageRequest,
  pageOf,
  paginate,
} from './connection.js'
export { type Consumer, consume, consumeBatch, type Delivered } from './consumer.js'
export type { Ask, Context, Transaction } from './context.js'
export { copies, isReached, whoseOf } from './copies.js'
export { decodeCursor, invalidCursor, type Order } from './cursor.js'
export { fitsColumn } from './cursor-values.js'
export { type DeadLetter, listDeadLetters, replayDeadLetter } from './dead-letters.js'
export * from './errors.js'
export * from './filter.js'
export { type Health, type HealthReport, health } from './health.js'
export { type RunningServer, serve } from './http-server.js'
export { httpSubgraph } from './http-transport.js'
export type { Idempotency } from './idempotency.js'
export type { Job, JobContext } from './job.js'
export { rewrapWithMasterKey } from './key-rewrap.js'
export { type RotationProgress, rotateTenantKey } from './key-rotation.js'
export { createKeyring, type Keyring } from './keyring.js'
export type { Keys, WritableKeys } from './keys.js'
export { isId } from './loaders.js'
export { createLog, type Log, type LogLevel } from './log.js'
export { expectedError, isUnavailable } from './map-error.js'
export { makeMasterKeyFile, masterKeyFile } from './master-key-file.js'
export { type MasterKeys, masterKeySettings, masterKeysOf } from './master-keys.js'
export { checkSchema, migrate } from './migrate.js'
export { Money, MoneyInput, minorDigits } from './money.js'
export { OrderDirection } from './order-direction.js'
export { pageByKey } from './pages-by-key.js'
export {
  allow,
  type Belongings,
  covers,
  type FieldClass,
  fieldClasses,
  isWithin,
  type Policy,
  type PolicyTable,
  policy,
  type Reach,
  type Role,
  type Rule,
  reaches,
  reachOf,
  roleNames,
  seesOf,
} from './policy.js'
export { type DatabaseUrls, databaseUrls, provisionDatabase, provisionRoles } from './provision.js'
export { type DataText, dataText, type ReadModel, type ReadModelOptions, type ReadRequest } from './read-model.js'
export { type EntityRecord, EntityType, recordColumns } from './record.js'
export { recordOf } from './record-of.js'
export { type RunningService, run, type Surroundings } from './run.js'
export * from './scalars.js'
export { buildSubgraph } from './schema.js'
export { defineService, type Service, type Stub } from './service.js'
export { start } from './start.js'
export { streamName } from './stream.js'
export { stubPolicy } from './stub.js'
export { TenantRead, tenantStatement } from './tenant-read.js'
export { createTenantSessions, type TenantSessions } from './tenant-sessions.js'
export { reportRefusal, type TokenFault } from './token-refusal.js'
export { guessHeader, type Subgraph, type SubgraphRequest, type SubgraphResponse } from './transport.js'
export { expectVersion, locked } from './versions.js'
export { type SqlCondition, within, withinWhere } from './within.js'
export { workflow } from './workflow.js'
