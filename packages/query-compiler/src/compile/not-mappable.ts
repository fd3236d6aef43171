/**
 * Thrown where a field, an argument or a value has no SQL, or where the answer would be an error.
 * It never leaves the package: the ordinary resolvers answer instead, with the same data or the right error.
 */
export class NotMappable extends Error {}

/**
 * Stands in an answer where a value is missing that must not be, and makes all of it the ordinary resolvers' to give: in SQL as a text, in SQL
 * as JSON, and as it is found. A text that is stored with nothing but this character is theirs as well.
 */
export const unanswerable = { text: `e'\\x01'`, json: `'"\\u0001"'::json`, found: '"\\u0001"' }
