import type { EventSubscriber } from '@mikro-orm/core'
import type { Invalid } from '../errors/errors.js'
import { readTexts } from '../graphql/request-texts.js'

/**
 * Refuses rows with malformed text before they are written: PostgreSQL's driver would put U+FFFD where half a character is, and the row would
 * say something else than its event. Requests are checked where they enter, so this is a fault of the program, such as a text cut in two.
 */
export const refuseMalformedRows: EventSubscriber = {
  onFlush: ({ uow }) => {
    for (const { meta, payload } of uow.getChangeSets()) {
      for (const [property, value] of Object.entries(payload)) {
        if (!isMadeOfTexts(value)) continue
        try {
          readTexts(value, undefined, [property])
        } catch (error) {
          throw new Error(`${meta.className}: malformed text at ${(error as Invalid).fields?.[0]?.path}`)
        }
      }
    }
  },
}

const isMadeOfTexts = (value: unknown) =>
  typeof value === 'string' ||
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
