/** The timer by which a reassignment goes on; its name alone, for whoever sets it. */
export const continuation = { name: 'reassignMoreWork' } as const
