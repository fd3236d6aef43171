import { finished, reads } from '@clientele/query-compiler'
import { formatAddress } from './format-address.js'

export const addressReads = [reads('Address', { formatted: finished(formatAddress) })]
