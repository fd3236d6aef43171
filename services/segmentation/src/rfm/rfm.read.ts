import { computed, reads } from '@clientele/query-compiler'

export const rfmReads = [
  reads('RfmRun', {
    customers: computed((run, { isLimited }) => (isLimited('Customer') ? 'null::int' : `${run}.customers`)),
    skipped: computed((run, { isLimited }) => (isLimited('Customer') ? 'null::int' : `${run}.skipped`)),
  }),
]
