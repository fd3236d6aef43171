import type { Context } from '@clientele/kit'
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { changeTenantSettings, settingsOf } from './tenant-settings.actions.js'
import { TenantSettings } from './tenant-settings.entity.js'
import { ChangeTenantSettingsInput } from './tenant-settings.input.js'

@Resolver(() => TenantSettings)
export class TenantSettingsResolver {
  @Query(() => TenantSettings, { description: 'What the tenant has settled for all services. For all staff.' })
  tenantSettings(@Ctx() ctx: Context): Promise<TenantSettings> {
    return settingsOf(ctx)
  }

  @Mutation(() => TenantSettings, { description: 'Changes what the tenant has settled. For admin.' })
  changeTenantSettings(
    @Arg('input', () => ChangeTenantSettingsInput) input: ChangeTenantSettingsInput,
    @Ctx() ctx: Context,
  ): Promise<TenantSettings> {
    return changeTenantSettings(ctx, input)
  }
}
