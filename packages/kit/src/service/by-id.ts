import type { EntityName } from '@mikro-orm/postgresql'
import { unknownEntity } from '../errors/unknown-entity.js'
import { type Rule, wordOf } from '../policy/policy.js'
import type { Context } from './context.js'

/** The entity of this id. Throws NOT_FOUND `<concept>.unknown` where there is none, or none in the actor's access scope. */
export const requireById = async <T extends object>(
  ctx: Pick<Context, 'loaders'>,
  entity: EntityName<T>,
  id: string,
  rule: Rule,
): Promise<T> => {
  const found = await ctx.loaders.byId(entity, id)
  if (!found) throw unknownEntity(wordOf(rule))
  return found
}
