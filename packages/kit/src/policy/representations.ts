import { defaultFieldResolver, type GraphQLSchema, isUnionType } from 'graphql'
import { Invalid, type ValidationIssue } from '../errors/errors.js'
import type { Context } from '../service/context.js'

/**
 * Refuses references that are none, before anything is read by them: each is an object that names an entity's type. With other values for
 * a type, such as a list with its name, the library would come as far as an entity and put it into the text of its error, hidden fields too.
 */
export const guardRepresentations = (schema: GraphQLSchema): GraphQLSchema => {
  const field = schema.getQueryType()?.getFields()._entities
  const entities = schema.getType('_Entity')
  if (!field || !isUnionType(entities)) return schema
  const names = new Set<unknown>(entities.getTypes().map(({ name }) => name))
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (source, args, ctx: Context, info) => {
    const given = args.representations as { __typename?: unknown }[]
    const fields = given.flatMap((one, at) => (names.has(one?.__typename) ? [] : [wrong(at)]))
    if (fields.length) throw new Invalid('This is no reference to an entity.', { reason: 'entity.reference', fields })
    return resolve(source, args, ctx, info)
  }
  return schema
}

const wrong = (at: number): ValidationIssue => ({
  path: `representations.${at}`,
  reason: 'entity.reference',
  message: 'an object with the name of an entity’s type in __typename',
})
