import 'reflect-metadata'

export { type Role, roleNames } from '@clientele/contracts'
export { type Span, SpanKind } from '@opentelemetry/api'
export { type ChainKey, chainKeyOf } from './audit/audit-chain.js'
export {
  type AuditEntry,
  type AuditFilter,
  AuditOutcome,
  auditOrder,
  countAuditLog,
  readAuditLog,
} from './audit/audit-log.js'
export { askAuditCount, askAuditLog } from './audit/audit-part.js'
export { sealing } from './audit/audit-seal.js'
export type { AuditTrail } from './audit/audit-trail.js'
export {
  type ChainFault,
  type ChainFaultKind,
  type ChainHead,
  type ChainReport,
  chainHeads,
  verifyChains,
} from './audit/audit-verify.js'
export { type Behalf, behalfKinds, ownSubject } from './auth/actor.js'
export { clientCredentials, type ServiceAccount } from './auth/client-credentials.js'
export { reportRefusal, type TokenFault } from './auth/token-refusal.js'
export { type Actor, bearerToken, createVerifier, type Verifier, type VerifierOptions } from './auth/verify-token.js'
export * from './config/config.js'
export { createLog, type Log, type LogLevel } from './config/log.js'
export { scrub } from './config/log-redaction.js'
export { type Misspelt, misspelt, misspeltWarning } from './config/misspelt.js'
export { nearest } from './config/nearest.js'
export { tellMisspelt } from './config/tell-misspelt.js'
export { certificateChecks } from './diagnosis/check-certificate.js'
export { databaseCheck } from './diagnosis/check-database.js'
export { accountCheck, issuerCheck } from './diagnosis/check-issuer.js'
export { natsChecks } from './diagnosis/check-nats.js'
export { roomChecks } from './diagnosis/check-room.js'
export { type ConsumerState, comparableDays, compareEvents } from './diagnosis/compare-events.js'
export { type Check, type Diagnosis, type Finding, type Report, runChecks, saidBy } from './diagnosis/finding.js'
export { type KnownSurroundings, knownSurroundings } from './diagnosis/known-surroundings.js'
export { rewrapWithMasterKey } from './encryption/key-rewrap.js'
export { type RotationProgress, rotateTenantKey } from './encryption/key-rotation.js'
export { createKeyring, type Keyring } from './encryption/keyring.js'
export type { Keys, WritableKeys } from './encryption/keys.js'
export { makeMasterKeyFile, masterKeyFile } from './encryption/master-key-file.js'
export { type MasterKeys, masterKeySettings, masterKeysOf } from './encryption/master-keys.js'
export { openAllValues } from './encryption/open-all-values.js'
export * from './errors/errors.js'
export { isolateFailures } from './errors/isolate-failures.js'
export { expectedError, isUnavailable } from './errors/map-error.js'
export { type Refusal, refusalOf, tellRefusal } from './errors/refusal.js'
export { unknownEntity } from './errors/unknown-entity.js'
export { type Consumer, consume, consumeBatch, type Delivered } from './events/consumer.js'
export { type DeadLetter, listDeadLetters, replayDeadLetter } from './events/dead-letters.js'
export { connectNats } from './events/nats.js'
export { streamInfo, streamName } from './events/stream.js'
export type { StreamSettings } from './events/stream-settings.js'
export { currencies } from './graphql/currencies.js'
export { decimalUnit, divideRounded, formatDecimal, parseDecimal, roundToMinor } from './graphql/decimal.js'
export { nameEnumValues } from './graphql/enum-values.js'
export {
  type Amount,
  type ConvertedSum,
  convertSum,
  type Factor,
  factorsTo,
  type Rate,
} from './graphql/exchange.js'
export { type Fragments, fragmentsOf, openedBy } from './graphql/fragments.js'
export { type CheckInput, createInputChecks } from './graphql/input-references.js'
export { type InputLimits, inputLimits, sizeOfInput } from './graphql/input-size.js'
export { ListSize } from './graphql/list-size.js'
export { literalErrors } from './graphql/literal-errors.js'
export { Money, MoneyInput } from './graphql/money.js'
export { readTexts, readWrittenTexts } from './graphql/request-texts.js'
export * from './graphql/scalars.js'
export { buildSubgraph, plainSchema } from './graphql/schema.js'
export { createFieldSelector, type FieldSelector, type SelectedFields } from './graphql/selected-fields.js'
export { charactersOfCost, TextSize } from './graphql/text-size.js'
export { variableErrors } from './graphql/variable-errors.js'
export { setAnswerHeaders } from './http/answers/answer-headers.js'
export { HttpFault } from './http/answers/http-fault.js'
export { statusOf } from './http/answers/status-of.js'
export { drained, drainMs } from './http/drain.js'
export { type Health, type HealthReport, health, type ReadinessCheck } from './http/health.js'
export { type RunningServer, serve } from './http/http-server.js'
export { httpSubgraph } from './http/http-transport.js'
export { listen } from './http/listening.js'
export {
  clientAddress,
  isFromProxy,
  proxies,
  type TrustedProxies,
  trustedProxies,
} from './http/requests/client-address.js'
export {
  type ContractHeader,
  clientHeaders,
  contractHeaders,
  handedOnHeaders,
} from './http/requests/contract-headers.js'
export { parseBody, readBody } from './http/requests/request-body.js'
export { createTokenBuckets, type RateVerdict, tooManyRequests } from './http/requests/token-buckets.js'
export { unambiguousUrl } from './http/requests/unambiguous-url.js'
export { type Subgraph, type SubgraphRequest, type SubgraphResponse, speculativeHeader } from './http/transport.js'
export { checkAtOnce, checkList, withoutRepeats } from './input/check-list.js'
export { checkNumber } from './input/check-number.js'
export { checkPageSize, isPageSize } from './input/check-page-size.js'
export { checkId, checkRequiredText, checkText } from './input/check-text.js'
export { checkNotFuture, checkTime } from './input/check-time.js'
export { readEmailAddress, shownEmailAddress } from './input/email-address.js'
export { isId } from './input/id.js'
export { limitSentence, rangeOf } from './input/limit-sentence.js'
export { type FieldLimit, Limited, limitOfField } from './input/limited.js'
export { ExpectedVersion, IdempotencyKey } from './input/repeatable.js'
export { type ValidationIssues, validationIssues } from './input/validation-issues.js'
export type { Job, JobContext } from './jobs/job.js'
export {
  completeOrder,
  connectionOf,
  type Page,
  PageArgs,
  PageInfo,
  type PageRequest,
  pageOf,
  paginate,
} from './lists/connection.js'
export { type Cursor, decodeCursor, type Order, type Ordering, signature } from './lists/cursor.js'
export * from './lists/filter.js'
export { foldFilter, mostOfFilter } from './lists/fold-filter.js'
export { OrderDirection } from './lists/order-direction.js'
export { pageByKey } from './lists/pages-by-key.js'
export { type Language, languageOf } from './messages/language.js'
export {
  type Messages,
  messageIn,
  type Translations,
  tellAnswer,
  tellError,
  withKit,
} from './messages/messages.js'
export * from './messages/reasons.js'
export type { Measure } from './metrics/measure.js'
export { counter, createMetrics, durations, gauge, histogram, type Metrics } from './metrics/metrics.js'
export { metricsPortSettings } from './metrics/metrics-port.js'
export { type MetricsServer, serveMetrics } from './metrics/metrics-server.js'
export type { OperationKind } from './metrics/service-metrics.js'
export { readWaiting } from './metrics/service-state.js'
export type { Tally } from './metrics/tally.js'
export { type AskOptions, createAsk } from './peers/ask.js'
export { documentReplica } from './peers/document-replica.js'
export { localReplica, ownershipOf, type ReplicaUse } from './peers/local-replica.js'
export { creatorResolvers, keyNamedBy, personResolvers } from './peers/named-person.js'
export { peerSettings, peerUrls } from './peers/peers.js'
export { type Made, type RequestedAction, requestedActions } from './peers/requested-actions.js'
export { stubPolicy } from './peers/stub.js'
export { allow } from './policy/allow.js'
export { isInScope } from './policy/out-of-scope.js'
export { rolesOfTenant, rolesThatSee } from './policy/permitted-roles.js'
export {
  type AccessScope,
  accessScopeOf,
  accessScopes,
  clearanceOf,
  covers,
  type FieldClass,
  fieldClasses,
  hasTenantScope,
  isWithin,
  isWriteOnlyFor,
  type Ownership,
  type OwnershipKeys,
  type Policy,
  type PolicyTable,
  policy,
  type Rule,
} from './policy/policy.js'
export {
  clearancesByRole,
  differsByEntity,
  type PolicyIndex,
  policyIndex,
  type Through,
} from './policy/policy-index.js'
export { type SqlCondition, within, withinWhere } from './policy/within.js'
export type { Idempotency } from './postgres/idempotency.js'
export { inTurn } from './postgres/in-turn.js'
export { type EntityRecord, EntityType, recordColumns } from './postgres/record.js'
export { recordOf } from './postgres/record-of.js'
export { retryOnConflict } from './postgres/retry-on-conflict.js'
export { checkServers, sharedServerCheck } from './postgres/schema/check-servers.js'
export { checkSchema, migrate } from './postgres/schema/migrate.js'
export { type LockedTable, type PlannedMigration, planMigrations } from './postgres/schema/plan-migrations.js'
export {
  type DatabaseUrls,
  databaseUrls,
  provisionDatabase,
  provisionRoles,
  type ServiceUrls,
} from './postgres/schema/provision.js'
export { withClient } from './postgres/schema/server-state.js'
export { connectionBudget } from './postgres/sessions/connection-budget.js'
export { TenantRead, tenantStatement } from './postgres/sessions/tenant-read.js'
export { createTenantSessions, type TenantSessions } from './postgres/sessions/tenant-sessions.js'
export { arrayParameter, idsParameter } from './postgres/statements/array-parameter.js'
export { columnName } from './postgres/statements/column-name.js'
export { readPages } from './postgres/statements/read-pages.js'
export { expectVersion, locked, removeRecord, touch } from './postgres/versions.js'
export { endLateBodies, noRequestTimeout } from './routes/late-bodies.js'
export { createLinkToken, linkHolder, linkTokenHash, tenantOfLinkToken } from './routes/link-token.js'
export { createPublicRoutes, type PublicRoutes } from './routes/public-routes.js'
export { type PublicServer, servePublicRoutes } from './routes/public-server.js'
export { type PublicSettings, publicSettings, readPublicSettings } from './routes/public-settings.js'
export type { Route, RouteAnswer, RouteRequest } from './routes/route.js'
export { requireById } from './service/by-id.js'
export type { Ask, Context, Transaction } from './service/context.js'
export { inTime } from './service/in-time.js'
export { environmentOf, processSettings, processSurroundings, processVariables } from './service/process-settings.js'
export {
  type DataText,
  dataText,
  type QueryCompiler,
  type QueryCompilerOptions,
  type ReadRequest,
} from './service/query-compiler.js'
export { run } from './service/run.js'
export type { RunningService } from './service/running-service.js'
export { defineService, type Service, type Stub } from './service/service.js'
export { start } from './service/start.js'
export { readStartSettings, startVariables } from './service/start-settings.js'
export type { Surroundings } from './service/surroundings.js'
export { waitFor } from './service/wait-for.js'
export { workflow } from './service/workflow.js'
export {
  clearTimers,
  type DueTimer,
  type Finish,
  type SlowTimer,
  setTimers,
  slowTimer,
  type Timer,
  timer,
} from './timers/timer.js'
export { currentTraceparent } from './tracing/current-span.js'
export { setOutcome, type Traced, traceArrival, tracePart, traceSequel } from './tracing/spans.js'
export { startTracing, type Tracing } from './tracing/start-tracing.js'
export { traceparentIn } from './tracing/traceparent.js'
export { type TracingSettings, tracingSettings } from './tracing/tracing-settings.js'
