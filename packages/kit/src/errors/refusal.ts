import type { Log } from '../config/log.js'
import type { Told } from '../messages/messages.js'
import type { Params } from './errors.js'
import { expectedError } from './map-error.js'

/** Why one of several was refused, as it can be kept: the message is told in the language of whoever reads it. */
export interface Refusal {
  code: string
  reason: string | null
  message: string
  params?: Params | undefined
}

/** What an error says of one of several; what nobody expected is masked, and logged with these fields. */
export const refusalOf = ({ log }: { log: Log }, error: unknown, fields: object, what: string): Refusal => {
  const expected = expectedError(error)
  if (!expected || expected.code === 'INTERNAL') {
    log.error({ err: error, ...fields }, what)
    return { code: 'INTERNAL', reason: null, message: 'Something went wrong on our side.' }
  }
  const { code, message, reason = null, params } = expected
  return { code, reason, message, ...(params && { params }) }
}

/** A refusal in the language of whoever reads it. */
export const tellRefusal = (ctx: { tell(told: Told): string }, { code, reason, message, params }: Refusal) => ({
  ...{ code, reason, message: reason === null ? message : ctx.tell({ reason, message, params }) },
})
