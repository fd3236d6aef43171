import { scrubText } from '../config/scrub-text.js'
import { redactedMessage } from './redacted-message.js'

interface Told {
  name?: unknown
  message?: unknown
  code?: unknown
  constraint?: unknown
}

/** An error and what caused it, outermost first; cut off after six, so that a circle ends. */
export const causesOf = function* (error: unknown) {
  for (let depth = 0, at = error; at && typeof at === 'object' && depth < 6; depth++) {
    yield at as Told
    at = causeOf(at)
  }
}

/** What one error was caused by. graphql-js wraps whatever is no Error of its own realm, the driver calls it `previous`. */
export const causeOf = (error: object): unknown => {
  const { cause, previous, thrownValue } = error as { [name in 'cause' | 'previous' | 'thrownValue']?: unknown }
  return cause ?? previous ?? thrownValue
}

/** One link of what failed: the error's name, its code where it has one, and what it says without the values that it quotes. */
export interface ErrorCause {
  name: string
  code?: string
  message: string
}

/** What failed and what caused it, outermost first, safe to be kept and shown to operators. */
export const toldCauses = (error: unknown): ErrorCause[] =>
  [...causesOf(error)].map((each) => ({
    name: typeof each.name === 'string' ? each.name : 'unknown',
    ...(['string', 'number'].includes(typeof each.code) && { code: String(each.code) }),
    message: scrubText(redactedMessage(each)),
  }))
