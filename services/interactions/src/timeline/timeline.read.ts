import { mergedConnection, reads } from '@clientele/query-compiler'
import { past, type TimelinePart, upcoming } from './timeline-part.js'

const listOf = (part: TimelinePart) =>
  mergedConnection({ ...part, by: 'customerId', property: 'occurredAt', concept: 'Timeline' })

export const timelineReads = [
  reads('Customer', { timeline: listOf(past), upcoming: listOf(upcoming) }, { keptIn: 'customer' }),
]
