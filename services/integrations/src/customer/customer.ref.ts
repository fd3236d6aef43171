import { limits } from '@clientele/contracts'
import { type Context, ListSize } from '@clientele/kit'
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql'
import { externalRefsOf } from '../external-refs/external-ref.actions.js'
import { ExternalRef } from '../external-refs/external-ref.entity.js'

@ObjectType()
@Directive('@key(fields: "id")')
export class Customer {
  @Field(() => ID)
  id!: string
}

@Resolver(() => Customer)
export class CustomerRefResolver {
  @ListSize(limits.externalRefs)
  @FieldResolver(() => [ExternalRef], {
    nullable: true,
    description: `What the customer is called in outside systems, by system; at most ${limits.externalRefs.most}.`,
  })
  externalRefs(@Root() customer: Customer, @Ctx() ctx: Context): Promise<ExternalRef[]> {
    const { actor } = ctx
    return ctx.loaders.batch('customer.externalRefs', customer.id, (em, ids) => externalRefsOf({ em, actor }, ids))
  }
}
