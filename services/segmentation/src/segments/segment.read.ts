import { byId, connection, reads } from '@clientele/query-compiler'

export const segmentReads = [
  reads('Query', { segment: byId('Segment'), segments: connection('Segment', { orderBy: [['key', 'asc']] }) }),
]
