import type { Role } from '@clientele/contracts'
import { isWithin, type Policy, policy, type Reach, reachOf } from '../policy/policy.js'
import type { Context } from './context.js'
import { isId } from './loaders.js'
import type { Stub } from './service.js'

/** The policy of an entity that another service owns: everybody reaches it as far as there, and sees its key. */
export const stubPolicy = (concept: string, reach: Partial<Record<Role, Reach>>): Policy<'read'> =>
  policy(concept, {
    belongs: { owner: 'ownerId', territory: 'territory' },
    roles: Object.fromEntries(Object.entries(reach).map(([role, read]) => [role, { sees: 'PLAIN', read }])),
    opens: { read: [] },
    fields: { [concept]: { PLAIN: ['id'] } },
  })

/** The stub of this id, or null where the actor does not reach the entity; one look-up for all that a request asks for. */
export const reachedStub = async (ctx: Context, stub: Stub, id: string): Promise<{ id: string } | null> => {
  const reach = reachOf(ctx.actor, stub.read)
  if (!reach || !isId(id)) return null
  if (reach === 'TENANT') return { id }
  const belongings = await ctx.loaders.batch(`whose:${stub.type.name}`, id, (_, ids) => stub.belongings(ctx, ids))
  if (!belongings) return null
  if (isWithin(ctx.actor, reach, belongings)) return { id }
  ctx.trail.denied({ action: 'read', type: stub.type.name, id, reason: 'reach' })
  return null
}
