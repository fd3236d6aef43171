import { allow, Conflict, type Context } from '@clientele/kit'
import { Ctx, Field, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { directoryOf } from './directory-of.js'
import { staffPolicy } from './staff.policy.js'
import { syncStaffInTurn } from './staff-sync-turn.js'

@ObjectType({ description: 'What a comparison of the staff with the identity provider has found.' })
export class StaffSync {
  @Field(() => Int, { description: 'How many people the identity provider has in this tenant.' })
  people!: number
  @Field(() => Int, { description: 'How many of them were not known here.' })
  recorded!: number
  @Field(() => Int, { description: 'Of how many something else was known: name, address, territories, roles.' })
  changed!: number
  @Field(() => Int, { description: 'How many have left: they may not sign in any more, or are gone.' })
  left!: number
  @Field(() => Int, { description: 'How many who had left work here again.' })
  returned!: number
}

@Resolver()
export class StaffSyncResolver {
  @Mutation(() => StaffSync, {
    description:
      'Compares the staff with the identity provider now, and does not wait for the next time by STAFF_SYNC_MINUTES. CONFLICT `staff.no_directory` where staff are entered by hand, `staff.sync_running` while another comparison goes on; UNAVAILABLE `staff.directory` where the identity provider cannot be asked. For admin.',
  })
  async syncStaff(@Ctx() ctx: Context): Promise<StaffSync> {
    allow(ctx.actor, staffPolicy.write)
    const directory = directoryOf(ctx)
    if (!directory) {
      throw new Conflict('Staff are entered by hand here.', { reason: 'staff.no_directory' })
    }
    const synced = await syncStaffInTurn(ctx, directory)
    if (!synced) throw new Conflict('The staff are being compared already.', { reason: 'staff.sync_running' })
    return synced
  }
}
