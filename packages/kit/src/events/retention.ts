/** For how long an event stays in its publisher's outbox, from which a lost stream is filled again, in days. */
export const outboxDays = 30

/** For how long the stream may be told to keep an event at most, in days. */
export const longestStreamDays = 30

/**
 * For how long a consumer remembers what it has handled, in days: an event may be published again as long as the outbox has it, and be
 * handed out again as long as the stream has it.
 */
export const inboxDays = outboxDays + longestStreamDays
