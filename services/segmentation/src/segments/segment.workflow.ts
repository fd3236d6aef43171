import { workflow } from '@clientele/kit'
import type { Segment } from './segment.entity.js'

/** Archiving is final: the members are gone, and a segment of the same rule is a new one. */
export const segmentWorkflow = workflow<Segment['status']>('segment', { ACTIVE: ['ARCHIVED'], ARCHIVED: [] })
