import { staffEntityId } from '@clientele/contracts'
import type { Context } from '@clientele/kit'
import { type Reads, reads, row } from '@clientele/query-compiler'
import type { EntityClass } from '@mikro-orm/core'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Staff } from '../directory/staff.entity.js'

/** The field `creator` of each of these entities. */
export const creatorResolvers = (entities: readonly EntityClass<{ createdBy: string }>[]): Function[] =>
  entities.map((entity) => {
    @Resolver(() => entity)
    class CreatorResolver {
      @FieldResolver(() => Staff, {
        nullable: true,
        description:
          'The member of staff who created it, also where they have left; null where a service did, or `createdBy` names nobody.',
      })
      creator(@Root() { createdBy }: { createdBy: string }, @Ctx() ctx: Context): Promise<Staff | null> {
        return ctx.loaders.byId(Staff, staffEntityId(createdBy))
      }
    }
    return CreatorResolver
  })

/** How it is read, by the names of their types. */
export const creatorReadsOf = (entities: readonly string[]): Reads[] =>
  entities.map((type) =>
    reads(type, { creator: row((one) => `select * from staff where subject = ${one}.created_by`) }),
  )
