import { isNativeError } from 'node:util/types'
import { causeOf } from '../errors/causes.js'
import { ClienteleError } from '../errors/errors.js'
import { redactedMessage } from '../errors/redacted-message.js'
import { scrubText } from './scrub-text.js'

const SECRET =
  /authorization|cookie|token|passw|passphrase|secret|credential|apikey|privatekey|bearer|^jwt$|signature|assertion/
const PERSONAL =
  /email|^mail|phone|mobile|^(first|last|given|family|middle|full|display|legal|user|nick)?names?$|birth|^address|street|postalcode|iban|passport|wechat/

const MAX_DEPTH = 8

/** How many more values one call may copy; bounds circular and huge structures. */
type Budget = { left: number }

/** A copy of any value that is safe to log: fields with telling names are masked, texts are scrubbed, errors become plain objects. Never throws. */
export function scrub(value: unknown): unknown {
  try {
    return copy(value, 0, { left: 1_000 })
  } catch {
    return '[unreadable]'
  }
}

function copy(value: unknown, depth: number, budget: Budget): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (depth > MAX_DEPTH || budget.left <= 0) return '[cut]'
  if (isNativeError(value)) return copyError(value, depth, budget)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof URL) return scrubText(value.href)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (value instanceof Map) return copy(Object.fromEntries(value), depth, budget)
  if (value instanceof Set || Array.isArray(value)) return copyAll([...value], depth, budget)
  const entries = Object.entries(value).slice(0, Math.max(budget.left, 0))
  budget.left -= entries.length
  return Object.fromEntries(
    entries.map(([key, item]) => [key, isTelling(key, item) ? '[redacted]' : copy(item, depth + 1, budget)]),
  )
}

function copyAll(items: unknown[], depth: number, budget: Budget): unknown[] {
  const kept = items.slice(0, Math.max(budget.left, 0))
  budget.left -= kept.length
  return kept.map((item) => copy(item, depth + 1, budget))
}

/** Flags and absent values tell nothing and help to understand. */
function isTelling(key: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'boolean') return false
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, '')
  return SECRET.test(plain) || PERSONAL.test(plain)
}

const PLAIN_FIELDS = ['code', 'reason', 'status', 'statusCode', 'syscall', 'severity', 'constraint', 'table', 'column']

/** Only named fields of an error are kept: drivers hang statements, parameters and whole rows on theirs. */
function copyError(error: Error, depth: number, budget: Budget): Record<string, unknown> {
  budget.left -= 1
  const source = error as Error & Record<string, unknown>
  const cause = causeOf(error)
  const plain = PLAIN_FIELDS.filter((field) => ['string', 'number'].includes(typeof source[field]))
  return {
    type: error.constructor.name,
    message: scrubText(redactedMessage(source)),
    ...Object.fromEntries(plain.map((field) => [field, source[field]])),
    ...(error instanceof ClienteleError && error.fields && { fields: copy(error.fields, depth + 1, budget) }),
    stack: framesOf(error),
    ...(cause !== undefined && { cause: copy(cause, depth + 1, budget) }),
    ...(error instanceof AggregateError && { errors: copyAll(error.errors.slice(0, 5), depth, budget) }),
  }
}

/** The stack begins with the message, values included, so only its frames are taken. */
function framesOf(error: Error): string {
  const stack = error.stack ?? ''
  const start = stack.indexOf(error.message)
  return (start < 0 ? stack : stack.slice(start + error.message.length))
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 30)
    .join('\n')
}
