import { byId, connection, reads } from '@clientele/read-model'

export const segmentReads = [
  reads('Query', { segment: byId('Segment'), segments: connection('Segment', { orderBy: [['key', 'asc']] }) }),
]
