import type { Service } from '@clientele/kit'
import { getMetadataStorage } from 'type-graphql'

/** The fields that methods of the service's resolver classes answer, as `Type.field`. */
export const ownResolvers = ({ resolvers }: Service): ReadonlySet<string> => {
  const { fieldResolvers, resolverClasses, objectTypes } = getMetadataStorage()
  const own = new Set<unknown>(resolvers)
  const found = fieldResolvers
    .filter(({ kind, target }) => kind === 'external' && own.has(target))
    .map((each) => {
      const typeOf = each.getObjectType ?? resolverClasses.find(({ target }) => target === each.target)?.getObjectType
      const target = typeOf?.() as Function
      const name = objectTypes.find((type) => type.target === target)?.name ?? target?.name
      return `${name}.${each.schemaName}`
    })
  return new Set(found)
}
