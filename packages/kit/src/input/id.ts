import { isUuid } from '@clientele/contracts'

/** Whether a text can be the id of an entity at all; what cannot be one is simply not found. */
export const isId = (id: unknown): id is string => typeof id === 'string' && isUuid(id)
