import { limits } from '@clientele/contracts'
import { CurrencyCodeScalar, EntityType, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, Int } from 'type-graphql'
import { ApprovalLimits, Branding, ComplaintDeadline, VisitCadence } from './settings-values.js'

const TenantSettingsSchema = defineEntity({
  name: 'TenantSettings',
  properties: {
    ...recordColumns,
    country: p.string(),
    currency: p.string(),
    languages: p.json<string[]>(),
    timeZone: p.string(),
    ratePivot: p.string(),
    rateAgeDays: p.integer(),
    defaultCalendar: p.string(),
    approvalLimits: p.json<ApprovalLimits>(),
    visitCadences: p.json<VisitCadence[]>(),
    complaintDeadlines: p.json<ComplaintDeadline[]>(),
    branding: p.json<Branding>(),
  },
})

@EntityType('What a tenant has settled for all services. Made with the defaults of a country on first use.')
export class TenantSettings extends TenantSettingsSchema.class {
  @Field(() => String, { description: 'Country that the tenant is at home in, ISO 3166-1 in two letters.' })
  declare country: string
  @Field(() => CurrencyCodeScalar, { description: 'Currency that sums are told in.' })
  declare currency: string
  @ListSize(limits.languages)
  @Field(() => [String], { description: 'Languages by BCP 47, such as `zh` or `en-GB`; the first is the default.' })
  declare languages: string[]
  @Field(() => String, { description: 'Time zone by IANA, such as `Asia/Shanghai`.' })
  declare timeZone: string
  @Field(() => CurrencyCodeScalar, {
    description: 'Currency over which others are converted that have no rate to each other.',
  })
  declare ratePivot: string
  @Field(() => Int, { description: 'Days after which an exchange rate is too old to convert by.' })
  declare rateAgeDays: number
  @Field(() => String, { description: 'Key of the calendar that counts where no other is named.' })
  declare defaultCalendar: string
  @Field(() => ApprovalLimits, { description: 'Amounts above which somebody has to approve.' })
  declare approvalLimits: ApprovalLimits
  @ListSize(limits.visitCadences)
  @Field(() => [VisitCadence], { description: 'How often customers of a class are visited, by key of the class.' })
  declare visitCadences: VisitCadence[]
  @ListSize(limits.complaintDeadlines)
  @Field(() => [ComplaintDeadline], { description: 'How long complaints may take; one entry per severity.' })
  declare complaintDeadlines: ComplaintDeadline[]
  @Field(() => Branding, { description: 'How the tenant shows itself to customers.' })
  declare branding: Branding
}
TenantSettingsSchema.setClass(TenantSettings)
