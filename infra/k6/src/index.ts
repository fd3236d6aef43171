export { type Answer, failureOf } from './answer.js'
export { documents, type Operation } from './documents.js'
export { type Draw, draws, pick } from './draw.js'
export { type Known, knownPages, learn, nothingKnown } from './known.js'
export {
  boundsOf,
  type Figures,
  type Limits,
  type LimitVerdict,
  limitsOf,
  otherKind,
  type RunKind,
  usualLimits,
} from './limits.js'
export { type Action, drawShare, type Role, type Scenario, type Share, type Step } from './scenario.js'
export { scenarioNamed, scenarios } from './scenarios.js'
