import { staffEntityId } from '@clientele/contracts'
import type { Context } from '@clientele/kit'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { Staff } from '../directory/staff.entity.js'

@Resolver(() => Customer)
export class CustomerOwnerResolver {
  @FieldResolver(() => Staff, {
    nullable: true,
    description:
      'The member of staff who looks after the customer, also where they have left; null where nobody does, or `ownerId` names nobody.',
  })
  owner(@Root() { ownerId }: Customer, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return ownerId === null ? null : ctx.loaders.byId(Staff, staffEntityId(ownerId))
  }
}
