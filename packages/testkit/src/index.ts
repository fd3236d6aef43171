export { backing } from './backing.js'
export { AnswerError, type AsActor, callAs, outcome } from './call-as.js'
export { testCreator } from './creators.js'
export { type ForgedToken, forgedTokens, isSendable } from './forged-tokens.js'
export { goOff } from './go-off.js'
export { watchHandles } from './leaks.js'
export { textOf } from './limits/limit-values.js'
export { bound, testLimits } from './limits/test-limits.js'
export { type Place, placeNames, places, whoHasAccess } from './places.js'
export { startPlatform, type TestPlatform, type TestPlatformOptions } from './platform.js'
export { anActor, testAccess } from './policies.js'
export { acceptedBodies, type RefusedBody, refusedBodies, type SentBody } from './request-bodies.js'
export { selfSigned } from './self-signed.js'
export { startForTest, type TestService } from './service.js'
export { readEvents } from './stream.js'
export { cloneDatabase, type TestDatabase } from './template.js'
export {
  audience,
  createTestKey,
  startTestIssuer,
  type TestActor,
  type TestIssuer,
  type TestKey,
  withAccounts,
} from './tokens.js'
export { until } from './until.js'
