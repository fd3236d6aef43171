import { isId } from '@clientele/kit'
import { objectTypeOf } from '../compile/compilation.js'
import { NotMappable, unanswerable } from '../compile/not-mappable.js'
import type { Read } from './read.js'

/** A query for the entity of its argument `id`, within the actor's access scope. */
export const byId = (type: string): Read => ({ ...byArguments(type, { id: 'id' }), finds: type })

/** A query for the one entity whose properties are equal to arguments: `byArguments('Segment', { key: 'key' })`, by argument. */
export const byArguments = (type: string, properties: Readonly<Record<string, string>>): Read => ({
  sql: ({ field, nodes, args }, _, c) => {
    const alias = c.alias()
    const object = c.object(objectTypeOf(field), nodes, { from: 'entity', sql: alias })
    const { table, columns } = c.entity(type)
    const equal = Object.entries(properties).map(([argument, property]) => {
      const column = columns.get(property)!
      const read = column.type === 'uuid' ? idOf : undefined
      return `${alias}.${column.name} = ${c.argument(args[argument], column.type, read)}`
    })
    // There is an error to tell where there is none.
    const found = `(select ${object} from ${table} as ${alias} where ${equal.join(' and ')} ${c.andInScope(type, alias)})`
    return `coalesce(${found}, ${unanswerable.json})`
  },
})

export const idOf = (given: unknown): string => {
  if (isId(given)) return given
  throw new NotMappable('no id')
}
