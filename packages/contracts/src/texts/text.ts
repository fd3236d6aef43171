/** The reason with which malformed text is refused, wherever it enters. */
export const malformedText = 'text.malformed'

// Nothing good comes of them: halves of surrogate pairs, noncharacters, and controls other than tab, line feed and carriage return.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be stored
const malformed = /[\p{Cs}\p{NChar}\0-\x08\x0b\x0c\x0e-\x1f\x7f]/u

const plain = /^[!-~]+(?: [!-~]+)*$/

/** Whether it is the most frequent text by far: printable ASCII, which is neither malformed nor changed by either form below. */
export const isPlainText = (text: string): boolean => plain.test(text)

/** The first code point that no text may hold, as `U+D800`; undefined where there is none. */
export const malformedCharacter = (text: string): string | undefined => {
  const found = plain.test(text) ? undefined : malformed.exec(text)?.[0].codePointAt(0)
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`
}

/** What would be right in the stead of malformed text, for an error's message. */
export const malformedMessage = (character: string) =>
  `a text without ${character}: no lone surrogate, noncharacter or control character but tab and line break`

/**
 * Shows nothing and means nothing within a line: soft hyphen, zero-width space, word joiner, byte-order mark. Embeddings, overrides and isolates show
 * letters in another order than they are in, so that `inv\u202efdp.exe` looks like `invexe.pdf`: a line needs none of them, its letters and the
 * marks U+200E, U+200F and U+061C say its direction.
 */
const meaningless = /[\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu

/** Shows nothing at either end of a text: blanks of every script, zero-width characters, marks of direction, fillers. */
const edge = /[\p{White_Space}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]/u

// By index: an expression that ends in `+$` takes quadratic time for blanks in the middle.
const trimmed = (text: string) => {
  let [start, end] = [0, text.length]
  while (start < end && edge.test(text.charAt(start))) start++
  while (end > start && edge.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/**
 * The form in which a text of one line (a name, number, key, id or code) is stored, compared, filtered, searched and linked: Unicode NFC,
 * without blanks and invisible characters at its ends, each run of blanks and line breaks within it one space, without soft hyphens,
 * zero-width spaces and overrides of direction. Two ids that are equal in this form are the same id.
 */
export const normalizeLine = (text: string): string =>
  plain.test(text) ? text : trimmed(text.replace(meaningless, '').replace(/\p{White_Space}+/gu, ' ')).normalize('NFC')

/** The form in which a text of several lines is stored: Unicode NFC, line feeds between lines, without blanks and invisible characters at its ends. */
export const normalizeText = (text: string): string =>
  plain.test(text) ? text : trimmed(text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')).normalize('NFC')

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a text is a UUID, in either case. */
export const isUuid = (text: string): boolean => uuid.test(text)

/** An id in the form in which it is stored and compared: a UUID in lower case (RFC 9562 §4), any other as it is written. */
export const canonicalId = (id: string): string => (isUuid(id) ? id.toLowerCase() : id)
