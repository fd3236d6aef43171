import { fileEvents } from '../file-events.js'
import { customerId } from '../values.js'

export const {
  staged: customerFileStaged,
  arrived: customerFileArrived,
  attached: customerFileAttached,
  refused: customerFileRefused,
  thumbnailed: customerFileThumbnailed,
  removed: customerFileRemoved,
} = fileEvents('profiles', 'customer', { customerId }, { customerId: '0199a1b2-0000-7000-8000-000000000001' })
