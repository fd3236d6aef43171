import type { Role } from '@clientele/contracts'
import { isId } from '../input/id.js'
import { type AccessScope, accessScopeOf, isWithin, type Policy, policy } from '../policy/policy.js'
import type { Context } from '../service/context.js'
import type { Stub } from '../service/service.js'

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
  const scope = accessScopeOf(ctx.actor, stub.read)
  if (!scope || !isId(id)) return null
  if (scope === 'TENANT') return { id }
  const ownership = await ctx.loaders.batch(`ownership:${stub.type.name}`, id, (_, ids) => stub.ownership(ctx, ids))
  if (!ownership) return null
  if (isWithin(ctx.actor, scope, ownership)) return { id }
  ctx.trail.denied({ action: 'read', type: stub.type.name, id, reason: 'access_scope' })
  return null
}
