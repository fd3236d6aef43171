/**
 * Thrown where a field, an argument or a value has no SQL, or where the answer would be an error.
 * It never leaves the package: the ordinary resolvers answer instead, with the same data or the right error.
 */
export class NotMappable extends Error {}

/** Stands in an answer where a value is missing that must not be. No text of PostgreSQL holds a NUL, so nothing else looks like it. */
export const unanswerable = '"\\u0000"'

/** The value, or the mark that makes the whole answer the ordinary resolvers' to give. */
export const required = (sql: string) => `coalesce(to_json(${sql}), '${unanswerable}'::json)`
