import type { Role } from '@clientele/contracts'
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, getNamedType, isObjectType } from 'graphql'
import { isId } from '../input/id.js'
import { type AccessScope, accessScopeOf, isWithin, type Policy, policy } from '../policy/policy.js'
import type { Context } from '../service/context.js'
import type { Service, Stub } from '../service/service.js'

/** The policy of an entity that another service owns: everybody reaches it as far as there, and sees its key. */
export const stubPolicy = (concept: string, scope: Partial<Record<Role, AccessScope>>): Policy<'read'> =>
  policy(concept, {
    ownership: { owner: 'ownerId', territory: 'territory' },
    roles: Object.fromEntries(Object.entries(scope).map(([role, read]) => [role, { clearance: 'PLAIN', read }])),
    opens: { read: [] },
    fields: { [concept]: { PLAIN: ['id'] } },
  })

/** The stub of this id, or null where the actor does not reach the entity; one look-up for all that a request asks for. */
export const stubInScope = async (ctx: Context, stub: Stub, id: string): Promise<{ id: string } | null> => {
  const access = await accessTo(ctx, stub, id)
  if (access === 'beyond') ctx.trail.denied({ action: 'read', type: stub.type.name, id, reason: 'access_scope' })
  return access === 'within' ? { id } : null
}

/**
 * Makes a field that refers to an entity of another service null where the actor does not reach the entity, as its owner would: whoever
 * has work given to them beyond their own customers sees the work. They were given the key, so nothing of it is denied in the audit log.
 */
export const referWithinScope = (schema: GraphQLSchema, service: Pick<Service, 'stubs'>): GraphQLSchema => {
  for (const { field, stub } of referencesOf(schema, service)) referFrom(field, stub)
  return schema
}

/** Says of each such field when it is null, where some roles do not reach all that the tenant has. */
export const tellOfScope = (schema: GraphQLSchema, service: Pick<Service, 'stubs'>): GraphQLSchema => {
  for (const { field, stub } of referencesOf(schema, service)) {
    const { action, table } = stub.read
    const isEverybodys = Object.values(table.roles).every((grant) => grant[action] === 'TENANT')
    if (isEverybodys) continue
    field.description =
      `${field.description ?? ''} Null where you do not see the ${stub.type.name.toLowerCase()}.`.trim()
  }
  return schema
}

interface Reference {
  field: GraphQLField<unknown, Context>
  stub: Stub
}

/** The fields that refer to stubs. Throws where one could not be null: behind non-null or in a list nobody would ask whether the actor reaches it. */
const referencesOf = (schema: GraphQLSchema, { stubs = [] }: Pick<Service, 'stubs'>): Reference[] => {
  const byType = new Map(stubs.map((stub) => [stub.type.name, stub]))
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const stub = byType.get(getNamedType(field.type).name)
        if (!stub || stub.foundBy?.includes(type.name)) return []
        if (isObjectType(field.type)) return [{ field, stub }]
        throw new Error(
          `${type.name}.${field.name}: ${field.type} has to be ${stub.type.name}, which is null where the actor does not reach it, or ${type.name} one of \`foundBy\` of the stub`,
        )
      }),
    )
}

const referFrom = (field: GraphQLField<unknown, Context>, stub: Stub) => {
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = async (source, args, ctx, info) => {
    const key = (await resolve(source, args, ctx, info)) as { id: string } | null | undefined
    return key && (await accessTo(ctx, stub, key.id)) === 'within' ? key : null
  }
}

const accessTo = async (ctx: Context, stub: Stub, id: string): Promise<'within' | 'beyond' | 'none'> => {
  const scope = accessScopeOf(ctx.actor, stub.read)
  if (!scope || !isId(id)) return 'none'
  if (scope === 'TENANT') return 'within'
  const ownership = await ctx.loaders.batch(`ownership:${stub.type.name}`, id, (_, ids) => stub.ownership(ctx, ids))
  if (!ownership) return 'none'
  return isWithin(ctx.actor, scope, ownership) ? 'within' : 'beyond'
}
