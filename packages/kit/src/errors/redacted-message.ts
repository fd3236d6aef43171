import { ClienteleError } from './errors.js'

const MAX_LENGTH = 500

/** Words before a quoted word that is a name of our schema or code, and no value. */
const NAME =
  /\b(?:relation|column|constraint|table|index|function|role|database|schema|sequence|type|field|argument|variable|reading|property|package|module|consumer|stream) ["'`][\w.$-]{1,80}["'`]/gi

/** Errors whose messages tell the value that they are about behind a colon. */
const TELLS_VALUE = new Set(['GraphQLError', 'NonErrorThrown', 'RangeError', 'ValidationError'])

/** Values that the runtime tells without quotation marks. */
const BARE_VALUES: readonly [RegExp, string][] = [
  [/^Cannot convert .* to a BigInt$/, 'Cannot convert … to a BigInt'],
  [/^Cannot use 'in' operator .*$/, 'Cannot use the in operator on what is no object'],
]

interface Told {
  name?: unknown
  message?: unknown
  code?: unknown
  issues?: unknown
}

/**
 * What an error says, without the values that it quotes. Our own errors are shown to callers and stay as they are. Others have values between
 * quotation marks or behind a colon, and details, statements and whole rows after the first line.
 */
export const redactedMessage = (error: Told): string => {
  const message = String(error.message ?? '')
  if (error instanceof ClienteleError) return message
  if (Array.isArray(error.issues)) return issuesOf(error.issues)
  const [line = ''] = message.slice(0, MAX_LENGTH).split('\n', 1)
  const bare = BARE_VALUES.find(([pattern]) => pattern.test(line))
  if (bare) return bare[1]
  const shown = withoutQuoted(line)
  const tellsValue = TELLS_VALUE.has(String(error.name)) || String(error.code).startsWith('22')
  return tellsValue ? (shown.split(':', 1)[0] ?? '') : shown
}

/** A value may have quotation marks itself: all from the first to the last one goes, and what one opens and none closes. */
const withoutQuoted = (line: string) => {
  const names = line.replace(NAME, (name) => '_'.repeat(name.length))
  const open = names.search(/(?<![\p{L}\d])["'`]/u)
  if (open < 0) return line
  const close = Math.max(...['"', "'", '`'].map((mark) => line.lastIndexOf(mark)))
  return `${line.slice(0, open)}…${close > open ? line.slice(close + 1) : ''}`
}

/** What a schema refused: where, and by which rule. */
const issuesOf = (issues: readonly { code?: unknown; path?: readonly unknown[] }[]) =>
  issues
    .slice(0, 5)
    .map(({ code, path = [] }) => `${path.map(String).join('.') || 'the value'}: ${String(code)}`)
    .join(', ')
