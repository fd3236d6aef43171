import { customersSteps } from './repetitions/customers.js'
import { directorySteps } from './repetitions/directory.js'
import { integrationsSteps } from './repetitions/integrations.js'
import { interactionsSteps } from './repetitions/interactions.js'
import { segmentsSteps } from './repetitions/segments.js'
import type { Step } from './repetitions/step.js'
import { surveysSteps } from './repetitions/surveys.js'

export { naturallyIdempotent } from './repetitions/naturally-idempotent.js'
export type { Made, Step } from './repetitions/step.js'

/** A story in which every mutation of the supergraph is done. */
export const story: readonly Step[] = [
  ...customersSteps,
  ...interactionsSteps,
  ...surveysSteps,
  ...segmentsSteps,
  ...integrationsSteps,
  ...directorySteps,
]
