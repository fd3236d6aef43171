/**
 * Of every connection to PostgreSQL: one that rests is asked after ten seconds whether it is still there, so that nothing on the way forgets it, and
 * one that was forgotten is closed before a request is sent on it.
 */
export const keptAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const
