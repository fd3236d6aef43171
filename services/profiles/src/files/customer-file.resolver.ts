import { limits } from '@clientele/contracts'
import { type Context, ListSize } from '@clientele/kit'
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { attachCustomerFile, customerFiles, removeCustomerFile, stageCustomerFile } from './customer-file.actions.js'
import { CustomerFile } from './customer-file.entity.js'
import { CustomerFileInput, StageCustomerFileInput } from './customer-file.input.js'

@Resolver(() => CustomerFile)
export class CustomerFileResolver {
  @FieldResolver(() => Customer, { description: 'Whose file it is.' })
  customer(@Root() file: CustomerFile, @Ctx() ctx: Context): Promise<Customer | null> {
    return ctx.loaders.byId(Customer, file.customerId)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Link by which the file can be had for five minutes, by whoever has the link; ask again for another. Null unless it is READY.',
  })
  url(@Root() file: CustomerFile, @Ctx() ctx: Context): Promise<string | null> {
    return customerFiles.urlOf(ctx, file)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Link to which the bytes of the file are sent with PUT, until an hour after it was announced. Null for others than who announced it, and unless it is STAGED.',
  })
  uploadUrl(@Root() file: CustomerFile, @Ctx() ctx: Context): Promise<string | null> {
    return customerFiles.uploadUrlOf(ctx, file)
  }

  @Mutation(() => CustomerFile, {
    description:
      'Announces a file of a customer: PUT its bytes to `uploadUrl`, then attach it. One that does not arrive is forgotten. For admin, manager, sales and service.',
  })
  stageCustomerFile(@Arg('input', () => StageCustomerFileInput) input: StageCustomerFileInput, @Ctx() ctx: Context) {
    return stageCustomerFile(ctx, input)
  }

  @Mutation(() => CustomerFile, {
    description:
      'Takes what was uploaded for a file: it is READY or, for its content, REFUSED. CONFLICT `file.not_uploaded` where nothing has arrived. For admin, manager, sales and service.',
  })
  attachCustomerFile(@Arg('input', () => CustomerFileInput) input: CustomerFileInput, @Ctx() ctx: Context) {
    return attachCustomerFile(ctx, input)
  }

  @Mutation(() => CustomerFile, {
    description: 'Removes a file for good, its bytes included. For admin, manager, sales and service.',
  })
  removeCustomerFile(@Arg('input', () => CustomerFileInput) input: CustomerFileInput, @Ctx() ctx: Context) {
    return removeCustomerFile(ctx, input)
  }
}

@Resolver(() => Customer)
export class CustomerFilesResolver {
  @ListSize(limits.customerFiles)
  @FieldResolver(() => [CustomerFile], { nullable: true, description: 'Files of the customer, the newest first.' })
  files(@Root() customer: Customer, @Ctx() ctx: Context): Promise<CustomerFile[]> {
    return ctx.loaders.batch('customer.files', customer.id, async (em, ids) => {
      const files = await em.find(CustomerFile, { customerId: { $in: [...ids] } }, { orderBy: { id: 'desc' } })
      return ids.map((id) => files.filter(({ customerId }) => customerId === id))
    })
  }
}
