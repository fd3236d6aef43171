import { limits } from '@clientele/contracts'
import { CurrencyCodeScalar, ExpectedVersion, Limited } from '@clientele/kit'
import { Field, InputType, Int } from 'type-graphql'
import { ApprovalLimitsInput, BrandingInput, ComplaintDeadlineInput, VisitCadenceInput } from './settings-values.js'

@InputType({ description: 'Changes to the settings of the tenant; what is absent or null stays.' })
export class ChangeTenantSettingsInput {
  @Field(() => String, {
    nullable: true,
    description: 'Country, ISO 3166-1 in two letters. Nothing else changes with it.',
  })
  country?: string | null
  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'Currency that sums are told in.' })
  currency?: string | null
  @Limited(limits.languages, limits.language)
  @Field(() => [String], { nullable: true, description: 'Languages by BCP 47; the first is the default.' })
  languages?: string[] | null
  @Limited(limits.timeZone)
  @Field(() => String, { nullable: true, description: 'Time zone by IANA. Calendars keep theirs.' })
  timeZone?: string | null
  @Field(() => CurrencyCodeScalar, {
    nullable: true,
    description: 'Currency over which others are converted that have no rate to each other.',
  })
  ratePivot?: string | null
  @Limited(limits.rateAgeDays)
  @Field(() => Int, { nullable: true, description: 'Days after which an exchange rate is too old to convert by.' })
  rateAgeDays?: number | null
  @Field(() => String, { nullable: true, description: 'Key of the calendar that counts where no other is named.' })
  defaultCalendar?: string | null
  @Field(() => ApprovalLimitsInput, { nullable: true, description: 'Amounts above which somebody has to approve.' })
  approvalLimits?: ApprovalLimitsInput | null
  @Limited(limits.visitCadences)
  @Field(() => [VisitCadenceInput], {
    nullable: true,
    description: 'How often customers of a class are visited; takes the place of all there were.',
  })
  visitCadences?: VisitCadenceInput[] | null
  @Limited(limits.complaintDeadlines)
  @Field(() => [ComplaintDeadlineInput], {
    nullable: true,
    description:
      'How long complaints may take; severities that are left out keep theirs. Complaints that are there keep their deadlines.',
  })
  complaintDeadlines?: ComplaintDeadlineInput[] | null
  @Field(() => BrandingInput, { nullable: true, description: 'How the tenant shows itself to customers.' })
  branding?: BrandingInput | null
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}
