import { computed, reads } from '@clientele/read-model'

export const rfmReads = [
  reads('RfmRun', {
    customers: computed((run, { isLimited }) => (isLimited('Customer') ? 'null::int' : `${run}.customers`)),
  }),
]
