import { malformedText } from '@clientele/contracts'
import { OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core'
import type { PlainReason } from '../messages/reasons.js'
import { causesOf } from './causes.js'
import { ClienteleError, Conflict, Invalid, Unavailable } from './errors.js'

/**
 * Codes with which PostgreSQL says that a session is lost or cannot be had (classes 08, 53 and 58, 57P01 to 57P05, 25P03, 25P04), and those of
 * Node for a socket.
 */
const unavailableCodes =
  /^(08|53|58)...$|^57P0[1-5]$|^25P0[34]$|^E(CONN(REFUSED|RESET|ABORTED)|(HOST|NET)(UNREACH|DOWN)|TIMEDOUT|PIPE|NOTFOUND|AI_AGAIN|ADDRNOTAVAIL|NOBUFS|[MN]FILE)$|^ERR_(STREAM_(DESTROYED|WRITE_AFTER_END|PREMATURE_CLOSE)|SOCKET_CLOSED)$/
/** What the driver and its pool say of a session without a code. */
const unavailableText =
  /^connection terminated|^timeout expired$|timeout exceeded when trying to connect|connection error|not queryable|^query read timeout$|error establishing an ssl connection|after calling end on the pool|driver has already been destroyed/i

/** Whether an error says that the database or another backing service cannot be reached now. */
export const isUnavailable = (error: unknown): boolean => {
  for (const at of causesOf(error)) {
    if (unavailableCodes.test(String(at.code)) || unavailableText.test(String(at.message))) return true
  }
  return false
}

const passingFaults: Record<string, { reason: PlainReason; message: string } | undefined> = {
  '57014': { reason: 'database.timeout', message: 'The database took too long for this; ask for less, or try again.' },
  '55P03': { reason: 'database.busy', message: 'Others hold on to this; try again.' },
  '40P01': { reason: 'database.busy', message: 'Others hold on to this; try again.' },
  '40001': { reason: 'database.busy', message: 'Others hold on to this; try again.' },
  // The fields of a query share a transaction: what one of them breaks, the others cannot read.
  '25P02': { reason: 'request.broken', message: 'Another field of this request failed, and this one with it.' },
}

/** Turns what the layers below throw into one of our errors; what is unknown stays as it is, to be masked and logged. */
export const expectedError = (error: unknown): ClienteleError | undefined => {
  for (const at of causesOf(error)) {
    if (at instanceof ClienteleError) return at
    if (at instanceof OptimisticLockError) {
      return new Conflict('It was changed by someone else in the meantime; read it again.', {
        reason: 'version.stale',
        params: {},
      })
    }
    if (at instanceof UniqueConstraintViolationException) {
      const constraint = (at as { constraint?: string }).constraint ?? 'unknown'
      return new Conflict('There is one like it already.', { reason: `unique.${constraint}` })
    }
    const code = String(at.code)
    const passing = passingFaults[code]
    if (passing) return new Unavailable(passing.message, { reason: passing.reason })
    if (code === '22P05' || code === '22021') {
      return new Invalid('A text holds a character that cannot be stored.', { reason: malformedText, params: {} })
    }
  }
  if (isUnavailable(error))
    return new Unavailable('The service cannot reach its database now; try again.', { reason: 'database' })
  return undefined
}
