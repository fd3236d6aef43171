import type { Service } from '@clientele/kit'
import { type EntityProperty, ReferenceKind, types } from '@mikro-orm/core'
import type { MikroORM } from '@mikro-orm/postgresql'

export interface Column {
  name: string
  /** As PostgreSQL calls it, without its length: `timestamptz`. */
  type: string
  nullable: boolean
}

/** Where an entity is kept, from the ORM. */
export interface Entity {
  table: string
  /** By property. */
  columns: ReadonlyMap<string, Column>
}

const plainTypes = new Set<unknown>(Object.values(types))

/** The entities of a service by the names of their GraphQL types. */
export const entitiesOf = (orm: MikroORM, { entities }: Service): ReadonlyMap<string, Entity> =>
  new Map(
    entities.map((entity) => {
      const { properties, tableName } = orm.getMetadata().get(entity as never)
      const columns = Object.values<EntityProperty>(properties as never)
        .filter(isPlain)
        .map((property) => [property.name, columnOf(property)] as const)
      return [entity.name, { table: tableName, columns: new Map(columns) }]
    }),
  )

// A type of the service's own may turn what is stored into something else.
const isPlain = ({ kind, persist, customType }: EntityProperty) =>
  kind === ReferenceKind.SCALAR && persist !== false && (!customType || plainTypes.has(customType.constructor))

const columnOf = ({ fieldNames, columnTypes, nullable }: EntityProperty): Column => ({
  name: fieldNames[0]!,
  type: columnTypes[0]!.replace(/\(.*/, ''),
  nullable: nullable === true,
})
