import { type Context, checkAtOnce, type Page, PageArgs } from '@clientele/kit'
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { archiveCustomer, createCustomer, restoreCustomer, updateCustomer } from './customer.actions.js'
import { Customer, CustomerConnection } from './customer.entity.js'
import {
  ArchiveCustomerInput,
  CreateCustomerInput,
  RestoreCustomerInput,
  UpdateCustomerInput,
} from './customer.input.js'
import { inAnyScope, requireInScope, unknownCustomer } from './customer-access.js'
import { CustomerFilter, CustomerOrder, listCustomers } from './customer-list.js'

const mostIds = 1_000

@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => Customer, { nullable: true, description: 'The customer of this id; NOT_FOUND where there is none.' })
  async customer(
    @Arg('id', () => ID, { description: 'The customer.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Customer> {
    const customer = await ctx.loaders.byId(Customer, id)
    if (!customer) throw unknownCustomer()
    return customer
  }

  @Query(() => Customer, { nullable: true, description: 'The customer of this number; NOT_FOUND where there is none.' })
  async customerByNumber(
    @Arg('number', () => String, { description: 'The whole number, such as `C-000001`.' }) number: string,
    @Ctx() ctx: Context,
  ): Promise<Customer> {
    return requireInScope(ctx, await ctx.em.findOne(Customer, { number }, inAnyScope))
  }

  @Query(() => Customer, {
    nullable: true,
    description: 'The customer that came from there; NOT_FOUND where there is none.',
  })
  async customerByOrigin(
    @Arg('system', () => String, { description: 'Key of the system, such as `erp`.' }) system: string,
    @Arg('externalId', () => String, { description: 'What the customer is called there.' }) externalId: string,
    @Ctx() ctx: Context,
  ): Promise<Customer> {
    return requireInScope(
      ctx,
      await ctx.em.findOne(Customer, { originSystem: system, originExternalId: externalId }, inAnyScope),
    )
  }

  @Query(() => [Customer], {
    nullable: 'items',
    description:
      'The customers of these ids, in the order of the ids; null for an id that no customer in your access scope has.',
  })
  customersById(
    @Arg('ids', () => [ID], { description: `At most ${mostIds} ids.` }) ids: string[],
    @Ctx() ctx: Context,
  ): Promise<(Customer | null)[]> {
    checkAtOnce('ids', ids, mostIds)
    return Promise.all(ids.map((id) => ctx.loaders.byId(Customer, id)))
  }

  @Query(() => CustomerConnection, {
    description: 'The customers that a filter names, by number unless another order is given.',
  })
  customers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => CustomerFilter, { nullable: true, description: 'Which customers; all without.' })
    filter: CustomerFilter | null,
    @Arg('orderBy', () => CustomerOrder, { nullable: true, description: 'In which order.' })
    orderBy: CustomerOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Customer>> {
    return listCustomers(ctx, page, filter, orderBy)
  }

  @Mutation(() => Customer, {
    description:
      'Enters a customer. For admin, manager, sales and service. Who has less than the tenant in their access scope looks after whom they enter for nobody, in the first territory of their token where they name none; so their manager finds the customer too.',
  })
  createCustomer(@Arg('input', () => CreateCustomerInput) input: CreateCustomerInput, @Ctx() ctx: Context) {
    return createCustomer(ctx, input)
  }

  @Mutation(() => Customer, { description: 'Changes a customer. For admin, manager, sales and service.' })
  updateCustomer(@Arg('input', () => UpdateCustomerInput) input: UpdateCustomerInput, @Ctx() ctx: Context) {
    return updateCustomer(ctx, input)
  }

  @Mutation(() => Customer, { description: 'Takes a customer out of use; nothing is deleted. For admin and manager.' })
  archiveCustomer(@Arg('input', () => ArchiveCustomerInput) input: ArchiveCustomerInput, @Ctx() ctx: Context) {
    return archiveCustomer(ctx, input)
  }

  @Mutation(() => Customer, { description: 'Takes an archived customer back into use. For admin and manager.' })
  restoreCustomer(@Arg('input', () => RestoreCustomerInput) input: RestoreCustomerInput, @Ctx() ctx: Context) {
    return restoreCustomer(ctx, input)
  }
}
