import 'reflect-metadata'

export { type AskOptions, createAsk } from './ask.js'
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
export { decodeCursor, invalidCursor, type Order } from './cursor.js'
export { type DeadLetter, listDeadLetters, replayDeadLetter } from './dead-letters.js'
export * from './errors.js'
export * from './filter.js'
export { type Health, type HealthReport, health } from './health.js'
export { type RunningServer, serve } from './http-server.js'
export { httpSubgraph } from './http-transport.js'
export type { Idempotency } from './idempotency.js'
export type { Job, JobContext } from './job.js'
export { isId } from './loaders.js'
export { createLog, type Log, type LogLevel } from './log.js'
export { expectedError, isUnavailable } from './map-error.js'
export { checkSchema, migrate } from './migrate.js'
export { Money, MoneyInput } from './money.js'
export { OrderDirection } from './order-direction.js'
export { pageByKey } from './pages-by-key.js'
export { allow, type Policy, roles } from './policy.js'
export { type DatabaseUrls, databaseUrls, provisionDatabase, provisionRoles } from './provision.js'
export { type EntityRecord, EntityType, recordColumns } from './record.js'
export { type RunningService, run, type Surroundings } from './run.js'
export * from './scalars.js'
export { buildSubgraph } from './schema.js'
export { defineService, type Reference, type Service } from './service.js'
export { start } from './start.js'
export { streamName } from './stream.js'
export type { Subgraph, SubgraphRequest, SubgraphResponse } from './transport.js'
export { expectVersion, locked } from './versions.js'
export { workflow } from './workflow.js'
