import type { Context } from '@clientele/kit'
import { type Reads, reads, row } from '@clientele/query-compiler'
import type { EntityClass } from '@mikro-orm/core'
import { type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { staffBy } from './staff.read.js'
import { Staff } from './staff.ref.js'
import { staffNamed } from './staff-named.js'

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
      creator(@Root() { createdBy }: { createdBy: string }, @Ctx() ctx: Context): Promise<Staff | null> | null {
        return staffNamed(ctx, createdBy)
      }
    }
    return CreatorResolver
  })

/** The field `staff` of each of these values, which say `by` whom something was done. */
export const doerResolvers = (values: readonly ClassType<{ by: string }>[]): Function[] =>
  values.map((value) => {
    @Resolver(() => value)
    class DoerResolver {
      @FieldResolver(() => Staff, {
        nullable: true,
        description:
          'The member of staff who did it, also where they have left; null where a service did, or `by` names nobody.',
      })
      staff(@Root() { by }: { by: string }, @Ctx() ctx: Context): Promise<Staff | null> | null {
        return staffNamed(ctx, by)
      }
    }
    return DoerResolver
  })

/** How both are read, by the names of their types. */
export const authorReadsOf = (entities: readonly string[], values: readonly string[]): Reads[] => [
  ...entities.map((type) => reads(type, { creator: staffBy('created_by') })),
  ...values.map((type) =>
    reads(type, { staff: row((value) => `select staff.id from staff where staff.sub = ${value} ->> 'by'`) }),
  ),
]
