import type { Context } from '@clientele/kit'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { importCustomers } from './customer-import.actions.js'
import { ImportCustomersInput, ImportPurchasesInput } from './import.input.js'
import { ImportResult } from './import-result.js'
import { importPurchases } from './purchase-import.actions.js'

@Resolver()
export class ImportResolver {
  @Mutation(() => ImportResult, {
    description:
      'Creates and updates customers of another system, a row that cannot be stored stopping no other; the same rows again change nothing. May: admin, manager.',
  })
  importCustomers(@Arg('input', () => ImportCustomersInput) input: ImportCustomersInput, @Ctx() ctx: Context) {
    return importCustomers(ctx, input)
  }

  @Mutation(() => ImportResult, {
    description:
      'Records and corrects purchases of another system, a row that cannot be stored stopping no other; the same rows again change nothing. May: admin, manager.',
  })
  importPurchases(@Arg('input', () => ImportPurchasesInput) input: ImportPurchasesInput, @Ctx() ctx: Context) {
    return importPurchases(ctx, input)
  }
}
