import { type Context, PageArgs } from '@clientele/kit'
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql'
import { AuditEntryConnection } from './audit-entry.js'
import { AuditFilterInput } from './audit-filter.input.js'
import { auditPage } from './merged-log.js'

@Resolver()
export class AuditResolver {
  @Query(() => AuditEntryConnection, {
    description:
      'Who did, tried and saw what in all services, newest first. Names of fields only, never values. Reading it is an entry itself. ' +
      'UNAVAILABLE while one of them cannot be asked: it never answers with a part. For admin and privacy_officer.',
  })
  async auditLog(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AuditFilterInput, { nullable: true, description: 'All conditions that are given must hold.' })
    filter: AuditFilterInput | null,
    @Ctx() ctx: Context,
  ) {
    ctx.trail.shown({ type: 'AuditLog', id: '' }, 'entries')
    const { customerId, ...wanted } = filter ?? {}
    return auditPage(ctx, { ...page, filter: { ...wanted, dataSubjectId: customerId } })
  }
}
