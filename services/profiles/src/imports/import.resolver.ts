import type { Context } from '@clientele/kit'
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { importCustomers } from './customer-import.actions.js'
import { ImportCustomersInput, ImportPurchasesInput } from './import.input.js'
import { ImportIssue, ImportResult } from './import-result.js'
import { importPurchases } from './purchase-import.actions.js'

@Resolver()
export class ImportResolver {
  @Mutation(() => ImportResult, {
    description:
      'Creates and updates customers of another system, row by row: one that cannot be stored stops no other, and the same rows again change nothing. Where somebody has less than the tenant in scope, new customers of rows without owner and territory become their own, in the first territory of their token. What they write without seeing counts as changed, whatever it was. For admin, manager and sales.',
  })
  importCustomers(@Arg('input', () => ImportCustomersInput) input: ImportCustomersInput, @Ctx() ctx: Context) {
    return importCustomers(ctx, input)
  }

  @Mutation(() => ImportResult, {
    description:
      'Records and corrects purchases of another system, row by row: one that cannot be stored stops no other, and the same rows again change nothing. For admin and manager.',
  })
  importPurchases(@Arg('input', () => ImportPurchasesInput) input: ImportPurchasesInput, @Ctx() ctx: Context) {
    return importPurchases(ctx, input)
  }
}

@Resolver(() => ImportIssue)
export class ImportIssueResolver {
  @FieldResolver(() => String)
  message(@Root() issue: ImportIssue, @Ctx() ctx: Context) {
    return ctx.tell(issue)
  }
}
