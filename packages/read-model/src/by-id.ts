import { isId } from '@clientele/kit'
import { objectTypeOf } from './compilation.js'
import { NotMappable, required } from './not-mappable.js'
import type { Read } from './read.js'

/** A query for the entity of its argument `id`, as far as the actor reaches it. */
export const byId = (type: string): Read => ({
  finds: type,
  sql: ({ field, nodes, args }, _, c) => {
    const alias = c.alias()
    const object = c.object(objectTypeOf(field), nodes, { from: 'entity', sql: alias })
    const found = `${alias}.id = ${c.argument(args.id, 'uuid', idOf)} ${c.reach(type, alias)}`
    // There is an error to tell where there is none.
    return required(`(select ${object} from ${c.entity(type).table} as ${alias} where ${found})`)
  },
})

export const idOf = (given: unknown): string => {
  if (isId(given)) return given
  throw new NotMappable('no id')
}
